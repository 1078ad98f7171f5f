// SPDX-License-Identifier: MIT
#include "repeats.hpp"
#include "samples.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <doctest/doctest.h>

using namespace toccata;
using namespace toccata::samples;

namespace {

const Performer& curve() { return *find_performer("curve"); }

/// The played notes of a part, in its order.
std::vector<PlayedNote> played_of(const Performance& performance, const Part& part) {
  std::vector<PlayedNote> played;
  for (const Note& note : part.notes) played.push_back(*find_played(performance, note.id));
  return played;
}

std::vector<int> values_of(const Performance& performance, PartId part, int controller) {
  std::vector<int> values;
  for (const ControlEvent& event : performance.controls)
    if (event.part == part && event.controller.number() == controller)
      values.push_back(event.value.number());
  return values;
}

}  // namespace

TEST_CASE("curve: the same seed gives the same performance, another seed another") {
  const Score score = band(8, 1, false);
  CHECK(perform(curve(), {score}, Rng(5)) == perform(curve(), {score}, Rng(5)));
  CHECK(perform(curve(), {score}, Rng(5)).notes != perform(curve(), {score}, Rng(6)).notes);
}

TEST_CASE("curve: notes begin in their bar, keep their order, and sound") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Score score = band(8, seed, seed % 2 == 0);
    Settings settings = settings_of(seed % 3 == 0 ? "lofi" : "blues");
    settings.genre.swing_percent = 50 + static_cast<int>(seed);
    const Performance performance = perform(curve(), {score, &settings}, Rng(seed));
    for (const Part& part : score.parts) {
      const auto played = played_of(performance, part);
      for (std::size_t i = 0; i < played.size(); ++i) {
        const Note& note = part.notes[i];
        const Tick at = note.onset + played[i].shift;
        CHECK(score.meter.bar_at(at) == score.meter.bar_at(note.onset));
        CHECK(at >= Tick(0));
        CHECK(played[i].sounding > Duration(0));
        if (i > 0 && part.notes[i - 1].onset < note.onset)
          CHECK(part.notes[i - 1].onset + played[i - 1].shift <= at);
      }
    }
  }
}

TEST_CASE("curve: no note sounds into the next one of its pitch") {
  Score score = band(1, 1, false);
  score.parts.resize(1);
  score.parts[0].notes = {note(1, 0, 600, 60), note(2, 480, 480, 60), note(3, 480, 480, 64)};
  const auto played = perform(curve(), {score}, Rng(3)).notes;
  CHECK(Tick(0) + played[0].shift + played[0].sounding <= Tick(480) + played[1].shift);
}

TEST_CASE("curve: a key struck again soon is heard twice") {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Score score = band(2, seed, false);
    score.tempo = TempoMap(score.ppq(), {{Tick(0), *Tempo::from_bpm(seed % 2 == 0 ? 400 : 90)}});
    score.parts.resize(1);
    score.parts[0].role = Role::Chords;
    score.parts[0].instrument.program = Program::literal(24);  // strummed
    auto& notes = score.parts[0].notes;
    notes.clear();
    Rng rng(seed);
    for (std::uint32_t i = 0; i < 64; ++i)  // to the end of the last bar
      for (const int pitch : {50, 53, 57})
        if (rng.chance(0.7)) notes.push_back(note(0, 60 * i, 60, pitch));
    for (std::uint32_t i = 0; i < notes.size(); ++i) notes[i].id = NoteId(i + 1);
    const Settings settings = settings_of("lofi");
    const Performance performance = perform(curve(), {score, &settings}, Rng(seed));
    check_repeats_are_heard(score, performance);
    check_order(score, performance);
  }
}

TEST_CASE("curve: louder dynamics raise the mean velocity, whatever the seed") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Score score = band(8, seed, seed % 2 == 0);
    double before = 0;
    for (int level = 0; level <= static_cast<int>(Dynamics::Fortissimo); ++level) {
      const Settings settings = settings_of("folk", static_cast<Dynamics>(level));
      const double mean = mean_velocity(perform(curve(), {score, &settings}, Rng(seed)));
      CHECK(mean > before + 5);
      before = mean;
    }
  }
}

TEST_CASE("curve: sections of more energy are louder, and the melody is above the chords") {
  const Score score = band(16, 4, false);
  Plan plan;
  plan.sections = {{"A", "A", false, Bar(0), 8, 0.2, Cadence::Half},
                   {"B", "B", false, Bar(8), 8, 0.9, Cadence::Final}};
  const Performance performance = perform(curve(), {score, nullptr, &plan}, Rng(1));
  std::map<std::pair<int, bool>, std::pair<double, int>> sums;
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) {
      auto& [sum, count] = sums[{part.id.number(), note.onset >= Tick(8 * 1920)}];
      sum += find_played(performance, note.id)->velocity.number();
      ++count;
    }
  const auto mean = [&](int part, bool second) {
    const auto [sum, count] = sums[{part, second}];
    return sum / count;
  };
  for (const int part : {1, 2, 3}) CHECK(mean(part, true) > mean(part, false) + 8);
  CHECK(mean(1, false) > mean(2, false) + 8);
}

TEST_CASE("curve: a section that grows gets louder from its first bar to its last") {
  const Score score = band(16, 4, false);
  Plan plan;
  plan.sections = {{"Build", "Build", false, Bar(0), 16, 1.0, Cadence::Half}};
  plan.sections[0].grows_from = 0.2;
  const Performance performance = perform(curve(), {score, nullptr, &plan}, Rng(1));
  for (const Part& part : score.parts) {
    std::array<std::pair<double, int>, 2> halves{};
    for (const Note& note : part.notes) {
      auto& [sum, count] = halves[note.onset >= Tick(8 * 1920) ? 1 : 0];
      sum += find_played(performance, note.id)->velocity.number();
      ++count;
    }
    CHECK(halves[1].first / halves[1].second > halves[0].first / halves[0].second + 5);
  }
}

TEST_CASE("curve: bar lines are louder than the places between beats") {
  const Score score = band(32, 6, true);
  const Performance performance = perform(curve(), {score}, Rng(1));
  for (const Part& part : {score.parts[0], score.parts[2]}) {
    double strong = 0, weak = 0;
    int strong_count = 0, weak_count = 0;
    for (const Note& note : part.notes) {
      const int velocity = find_played(performance, note.id)->velocity.number();
      const bool is_bar = note.onset.ticks() % 1920 == 0;
      (is_bar ? strong : weak) += velocity;
      ++(is_bar ? strong_count : weak_count);
    }
    CHECK(strong / strong_count > weak / weak_count + 2);
  }
}

TEST_CASE("swing: 50 percent shifts nothing, two thirds moves every off-beat to the triplet") {
  Score score = band(4, 2, true);
  Settings settings = settings_of("electronic");  // its players add no unsteadiness
  const Performance straight = perform(curve(), {score, &settings}, Rng(1));
  for (const PlayedNote& played : straight.notes) CHECK(played.shift == Duration(0));
  settings.genre.swing_percent = 66;
  const Performance swung = perform(curve(), {score, &settings}, Rng(1));
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) {
      const bool off_beat = note.onset.ticks() % 480 == 240;
      CHECK(find_played(swung, note.id)->shift == Duration(off_beat ? 77 : 0));
    }
}

TEST_CASE("swing: triplets and compound meters stay as written") {
  Score score = band(1, 1, false);
  score.parts.resize(1);
  score.parts[0].notes = {note(1, 0, 160, 60), note(2, 160, 160, 62), note(3, 320, 160, 64)};
  Settings settings = settings_of("electronic");
  settings.genre.swing_percent = 66;
  for (const PlayedNote& played : perform(curve(), {score, &settings}, Rng(1)).notes)
    CHECK(played.shift == Duration(0));
  // An eighth before a written third of its beat is not swung onto it.
  settings.genre.swing_percent = 67;
  score.parts[0].notes = {note(1, 0, 240, 60), note(2, 240, 80, 62), note(3, 320, 160, 62)};
  for (const PlayedNote& played : perform(curve(), {score, &settings}, Rng(1)).notes) {
    CHECK(played.shift == Duration(0));
    CHECK(played.sounding >= Duration(60));
  }
  score.meter = MeterMap(kComposedPpq, {{Tick(0), Meter::literal(6, 8)}});
  score.parts[0].notes = {note(1, 0, 240, 60), note(2, 240, 240, 62), note(3, 480, 240, 64)};
  for (const PlayedNote& played : perform(curve(), {score, &settings}, Rng(1)).notes)
    CHECK(played.shift == Duration(0));
}

TEST_CASE("tempo: eases at the end, keeps its first value and stays near its mean") {
  for (const int bars : {4, 8, 32, 100}) {
    const Score score = band(bars, 1, false);
    const Settings settings = settings_of("classical");
    const TempoMap tempo = perform(curve(), {score, &settings}, Rng(1)).tempo;
    const double asked = score.tempo.tempo_at(Tick(0)).bpm();
    CHECK(tempo.changes().size() > 3);
    CHECK(tempo.tempo_at(Tick(0)) == score.tempo.tempo_at(Tick(0)));
    CHECK(tempo.tempo_at(score.end).bpm() < 0.97 * asked);
    const double quarters = 4.0 * bars;
    CHECK(60 * quarters / tempo.seconds_at(score.end).value() ==
          doctest::Approx(asked).epsilon(0.05));
  }
}

TEST_CASE("tempo: a kit keeps it strict, and so do machines") {
  const Score with_kit = band(16, 1, true), without = band(16, 1, false);
  const Settings classical = settings_of("classical"), electronic = settings_of("electronic");
  CHECK(perform(curve(), {with_kit, &classical}, Rng(1)).tempo == with_kit.tempo);
  CHECK(perform(curve(), {without, &electronic}, Rng(1)).tempo == without.tempo);
}

TEST_CASE("tempo: of a file it bends for keyboards alone, less for others, for machines never") {
  const auto spread = [](const Score& score) {
    const TempoMap tempo = perform(curve(), {score}, Rng(1)).tempo;
    double most = 0;
    for (const TempoChange& change : tempo.changes())
      most = std::max(most, std::fabs(change.tempo.bpm() / 100 - 1));
    return most;
  };
  const auto played_by = [](int program) {
    Score score = band(16, 1, false);
    score.parts[0].instrument.program = *Program::from_number(program);
    return score;
  };
  const double alone = spread(band(16, 1, false));
  CHECK(alone > 0.03);
  const double with_violin = spread(played_by(40));
  CHECK(with_violin > 0.01);
  CHECK(with_violin < alone);
  CHECK(spread(played_by(81)) == 0);
  CHECK(spread(band(16, 1, true)) == 0);
}

TEST_CASE("tempo: of a file that bends already it stays") {
  Score score = band(16, 1, false);
  std::vector<TempoChange> changes;
  changes.reserve(16);
  for (int bar = 0; bar < 16; ++bar)
    changes.push_back({Tick(std::int64_t{1920} * bar), *Tempo::from_bpm(100 + bar % 5)});
  score.tempo = TempoMap(kComposedPpq, std::move(changes));
  CHECK(perform(curve(), {score}, Rng(1)).tempo == score.tempo);
}

TEST_CASE("articulation: the genre says how long its basses and melodies sound") {
  const Score score = band(4, 1, true);
  const auto held = [&](const Settings& settings, std::size_t part) {
    double written = 0, sounding = 0;
    const auto played = played_of(perform(curve(), {score, &settings}, Rng(1)), score.parts[part]);
    for (std::size_t i = 0; i < played.size(); ++i) {
      written += static_cast<double>(score.parts[part].notes[i].duration.ticks());
      sounding += static_cast<double>(played[i].sounding.ticks());
    }
    return sounding / written;
  };
  const Settings funk = settings_of("funk"), cinematic = settings_of("cinematic");
  CHECK(held(funk, 2) == doctest::Approx(funk.genre.feel.bass_held).epsilon(0.05));
  CHECK(held(cinematic, 2) > held(funk, 2) + 0.2);
  CHECK(held(settings_of("chiptune"), 0) < held(cinematic, 0) - 0.1);
}

TEST_CASE("drums: the backbeat stands out from a snare elsewhere, ghosts are faint") {
  Score score = band(4, 1, true);
  auto& kit = score.parts[3].notes;
  kit = {note(901, 480, 120, 38), note(902, 720, 120, 38), note(903, 960, 120, 38)};
  kit[2].marks.add(Mark::Ghost);
  const auto played = played_of(perform(curve(), {score}, Rng(1)), score.parts[3]);
  CHECK(played[0].velocity.number() > played[1].velocity.number() + 8);
  CHECK(played[2].velocity.number() < played[0].velocity.number() * 6 / 10);
}

TEST_CASE("mix: volume, pan and reverb of each seat stand at the first tick") {
  const Score score = band(4, 1, true);
  const Settings settings = settings_of("rock");
  const Performance performance = perform(curve(), {score, &settings}, Rng(1));
  CHECK(values_of(performance, PartId(1), 7) == std::vector<int>{100});
  CHECK(values_of(performance, PartId(1), 10) == std::vector<int>{33});
  CHECK(values_of(performance, PartId(1), 91) == std::vector<int>{32});
  CHECK(values_of(performance, PartId(4), 7) == std::vector<int>{71});  // -6 dB
  CHECK(values_of(performance, PartId(3), 7).empty());                  // no seat
}

TEST_CASE("pedal: broken chords of a keyboard hold it between changes of harmony") {
  Score score = band(2, 1, false);
  auto& chords = score.parts[1].notes;
  chords.clear();
  for (std::uint32_t i = 0; i < 8; ++i)
    chords.push_back(note(900 + i, 240 * i, 240, 48 + 3 * (i % 3)));
  const Settings settings = settings_of("classical");
  const Performance performance = perform(curve(), {score, &settings}, Rng(1));
  CHECK(values_of(performance, PartId(2), 64) == std::vector<int>{127, 0});
  const Score blocks = band(2, 1, false);
  CHECK(values_of(perform(curve(), {blocks, &settings}, Rng(1)), PartId(2), 64).empty());
}

TEST_CASE(
    "pedal: of a file it changes with the chords that are heard, and with a kit there is none") {
  const auto broken = [](bool kit) {
    Score score = band(2, 1, kit);
    score.parts.erase(score.parts.begin());  // what is left makes clear chords
    auto& chords = score.parts[0].notes;
    auto& bass = score.parts[1].notes;
    chords.clear();
    bass.clear();
    std::uint32_t id = 900;
    for (const int root : {48, 55, 53, 48}) {  // C and G, F and C
      const std::int64_t at = std::int64_t{960} * (id - 900) / 5;
      bass.push_back(note(id++, at, 960, root - 12));
      std::int64_t later = 0;
      for (const int above : {0, 4, 7, 4}) {
        chords.push_back(note(id++, at + later, 240, root + above));
        later += 240;
      }
    }
    return score;
  };
  const Score score = broken(false);
  REQUIRE(score.parts[0].notes.size() == 16);
  const auto values = values_of(perform(curve(), {score}, Rng(1)), PartId(2), 64);
  CHECK(values == std::vector<int>{127, 0, 127, 0, 127, 0, 127, 0});
  CHECK(values_of(perform(curve(), {broken(true)}, Rng(1)), PartId(2), 64).empty());
}

TEST_CASE("ducking: an electronic pad is softer at each kick than before the next") {
  Score score = band(2, 1, true);
  score.parts[1].role = Role::Pad;
  const Settings settings = settings_of("electronic");
  const auto values = values_of(perform(curve(), {score, &settings}, Rng(1)), PartId(2), 11);
  CHECK(std::ranges::count(values, 72) == 4);  // kicks on 1 and 3 of two bars
  CHECK(values.back() == 127);
}

TEST_CASE("curve: notes asked short are shorter than notes asked long") {
  const Score score = band(4, 1, false);
  Settings settings = settings_of("folk");
  settings.note_lengths = NoteLengths::Short;
  const auto brief = played_of(perform(curve(), {score, &settings}, Rng(1)), score.parts[0]);
  settings.note_lengths = NoteLengths::Long;
  const auto held = played_of(perform(curve(), {score, &settings}, Rng(1)), score.parts[0]);
  for (std::size_t i = 0; i < brief.size(); ++i) CHECK(brief[i].sounding < held[i].sounding);
}
