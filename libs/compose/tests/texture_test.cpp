// SPDX-License-Identifier: MIT
// What the texture of a tune is made of: syncopation, rhythms that recur, closes, breaths,
// registers.
#include <algorithm>
#include <cstdlib>

#include <toccata/analysis/measures.hpp>

#include "../src/grid.hpp"
#include "../src/lattice.hpp"
#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

using Measure = double (*)(const Score& score, const Settings& settings);

/// Mean over some pieces of a genre whose melodies have one number of their style set.
double mean_with(const char* genre, double MelodyStyle::*field, double value, Measure measure) {
  constexpr int kPieces = 20;
  double sum = 0;
  for (std::uint64_t seed = 1; seed <= kPieces; ++seed) {
    Brief brief = brief_of(genre);
    brief.bars = 32;
    Settings settings = settled(brief, seed);
    settings.genre.melody.*field = value;
    sum += measure(*compose(settings), settings);
  }
  return sum / kPieces;
}

double syncopation(const Score& score, const Settings& /*settings*/) {
  return *syncopation_share(part_of(score, Role::Melody).notes, score.meter);
}
double groove(const Score& score, const Settings& /*settings*/) {
  return *groove_consistency(part_of(score, Role::Melody).notes, score.meter, {Bar(0), Bar(32)});
}
double silence(const Score& score, const Settings& /*settings*/) {
  return *silence_share(part_of(score, Role::Melody).notes, score.meter, {Bar(0), Bar(32)});
}
/// Bars with one note, on their bar line.
double held_bars(const Score& score, const Settings& /*settings*/) {
  const auto& notes = part_of(score, Role::Melody).notes;
  double count = 0;
  for (std::size_t i = 0; i + 1 < notes.size(); ++i)
    count += score.meter.weight_at(notes[i].onset) == 1 &&
             score.meter.bar_at(notes[i].onset) < score.meter.bar_at(notes[i + 1].onset);
  return count;
}
/// How much higher what contrasts lies than what the piece begins with.
double contrast(const Score& score, const Settings& settings) {
  const Plan plan = *make_plan(settings);
  double sums[2] = {0, 0}, counts[2] = {0, 0};
  for (const Note& note : part_of(score, Role::Melody).notes) {
    const auto section = std::ranges::find_if(plan.sections, [&](const SectionPlan& s) {
      return note.onset < plan.meter.onset_of(s.first + s.bars);
    });
    if (section == plan.sections.end()) continue;
    const std::size_t at = section->material == "A" ? 0 : 1;
    sums[at] += note.pitch.number();
    counts[at] += 1;
  }
  return counts[1] > 0 ? sums[1] / counts[1] - sums[0] / counts[0] : 0;
}

constexpr Duration kQuarter = kComposedPpq.quarter();

}  // namespace

TEST_CASE("BarGrid: a note passes the strongest place up to the next one, in three no beat") {
  const BarGrid four(*parse_meter("4/4")), three(*parse_meter("3/4"));
  CHECK(four.stronger_between(kQuarter, kQuarter * 3) == kQuarter * 2);
  CHECK(three.stronger_between(kQuarter, kQuarter * 3) == std::nullopt);
  CHECK(three.stronger_between(kQuarter / 2, kQuarter * 3) == kQuarter);
  CHECK(four.stronger_between(kQuarter / 4, kQuarter) == kQuarter / 2);
  CHECK(four.stronger_between(Duration(0), kQuarter * 4) == std::nullopt);
  CHECK(four.stronger_between(kQuarter / 2, kQuarter) == std::nullopt);
}

TEST_CASE("BarGrid: notes of a triplet pass nothing, unless they are held") {
  const BarGrid four(*parse_meter("4/4"));
  CHECK(four.stronger_between(kQuarter / 3, kQuarter * 2 / 3) == std::nullopt);
  CHECK(four.stronger_between(kQuarter / 3, kQuarter) == kQuarter / 2);
  CHECK(four.stronger_between(kQuarter * 2 / 3, kQuarter * 3) == kQuarter * 2);
}

TEST_CASE("syncopation: notes begin on the stronger place that they would be held over") {
  const auto with = [](const char* genre, double chance) {
    return mean_with(genre, &MelodyStyle::syncopation, chance, syncopation);
  };
  CHECK(with("waltz", 0) < 0.05);
  CHECK(with("waltz", 1) > with("waltz", 0.5) + 0.02);
  CHECK(with("waltz", 0.5) > with("waltz", 0) + 0.02);
  CHECK(with("blues", 1) > with("blues", 0) + 0.1);
}

TEST_CASE("recurs: bars keep the rhythm of those before them") {
  const auto with = [](double chance) {
    return mean_with("waltz", &MelodyStyle::recurs, chance, groove);
  };
  CHECK(with(1) > with(0.5) + 0.02);
  CHECK(with(0.5) > with(0) + 0.02);
}

TEST_CASE("downbeat_close: phrases rest on the bar line") {
  const auto with = [](double chance) {
    return mean_with("waltz", &MelodyStyle::downbeat_close, chance, held_bars);
  };
  CHECK(with(0.9) > with(0.05) + 2);
}

TEST_CASE("breath: without it last notes are held until the next phrase") {
  const auto with = [](double chance) {
    return mean_with("waltz", &MelodyStyle::breath, chance, silence);
  };
  CHECK(with(0) < 0.02);
  CHECK(with(1) > with(0) + 0.02);
}

TEST_CASE("registers: the wider a genre's melodies, the higher its second themes") {
  const auto with_span = [](int span) {
    double sum = 0;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      Brief brief = brief_of("classical");
      brief.bars = 32;
      Settings settings = settled(brief, seed);
      settings.genre.melody.span = span;
      sum += contrast(*compose(settings), settings);
    }
    return sum / 40;
  };
  CHECK(with_span(36) > with_span(18) + 0.8);
}

TEST_CASE("chromatic notes are approached by a third at most and move on by a semitone") {
  int chromatic = 0, near = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Brief brief = brief_of("classical");
    brief.bars = 32;
    Settings settings = settled(brief, seed);
    settings.genre.melody.ornament = 0;
    settings.genre.melody.chromatic = 1;
    const Score score = *compose(settings);
    const auto& notes = part_of(score, Role::Melody).notes;
    for (std::size_t i = 1; i + 1 < notes.size(); ++i) {
      const PitchClass own = notes[i].pitch.pitch_class();
      if (settings.key.contains(own) || chord_at(score, notes[i].onset)->chord.contains(own))
        continue;
      if (chord_at(score, notes[i + 1].onset)->chord.root_class() !=
          chord_at(score, notes[i - 1].onset)->chord.root_class())
        continue;  // may be a tone of a chord that is anticipated
      ++chromatic;
      near += std::abs(notes[i].pitch - notes[i - 1].pitch) <= 4 &&
              std::abs(notes[i + 1].pitch - notes[i].pitch) == 1;
    }
  }
  CHECK(chromatic > 100);
  CHECK(near > 0.9 * chromatic);
}

TEST_CASE("intervals: every piece favours some, and a line has more of what it favours") {
  const IntervalLeans one = draw_interval_leans(Rng(1)), other = draw_interval_leans(Rng(2));
  CHECK(one != other);
  for (const double lean : one) CHECK((lean >= 0.5 && lean <= 2));
  const Settings settings = settled(brief_of("classical"), 1);
  const Plan plan = *make_plan(settings);
  const auto thirds_with = [&](double lean) {
    LineManner manner;
    manner.leans[3] = manner.leans[4] = lean;
    const Lattice lattice(settings, settings.key, {Pitch::literal(60), Pitch::literal(80)}, manner);
    std::vector<LineNote> line;
    line.reserve(12);
    for (int i = 0; i < 12; ++i)
      line.push_back({Tick(0) + kQuarter * i, kQuarter, false, 70, {}, false, LineNote::End::None});
    int thirds = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
      Rng rng(seed);
      const auto drawn = lattice.draw(line, plan, {}, Vocabulary(0, 0, Rng(seed)), rng);
      for (std::size_t i = 1; i < drawn.size(); ++i) {
        const int size =
            std::abs(lattice.pitches()[drawn[i]].number - lattice.pitches()[drawn[i - 1]].number);
        thirds += size == 3 || size == 4;
      }
    }
    return thirds;
  };
  CHECK(thirds_with(2) * 2 > thirds_with(0.5) * 3);
}
