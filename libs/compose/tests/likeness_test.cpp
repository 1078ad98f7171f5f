// SPDX-License-Identifier: MIT
// What is alike within a piece, and what is not alike between pieces.
#include <array>
#include <map>
#include <set>

#include <toccata/analysis/copy_check.hpp>

#include "../src/chords.hpp"
#include "../src/hand.hpp"
#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

std::vector<Note> melody_of_section(const Score& score, std::size_t index) {
  const Tick begin = score.sections[index].at;
  const Tick end = index + 1 < score.sections.size() ? score.sections[index + 1].at : score.end;
  std::vector<Note> notes;
  for (const Note& note : part_of(score, Role::Melody).notes)
    if (note.onset >= begin && note.onset < end) notes.push_back(note);
  return notes;
}

double overlap(const std::vector<Note>& a, const std::vector<Note>& b, Ppq ppq) {
  return run_overlap(steps_of(a, ppq, MatchBy::IntervalsAndRhythm),
                     steps_of(b, ppq, MatchBy::IntervalsAndRhythm));
}

using BarShape = std::vector<std::array<std::int64_t, 3>>;

/// The different bars of a part: onsets, pitches and durations. A melody's held notes are no bars
/// of anyone's.
std::set<BarShape> bar_shapes(const Score& score, Role role) {
  std::map<Bar, BarShape> bars;
  for (const Note& note : part_of(score, role).notes) {
    const Bar bar = score.meter.bar_at(note.onset);
    bars[bar].push_back({(note.onset - score.meter.onset_of(bar)).ticks(), note.pitch.number(),
                         note.duration.ticks()});
  }
  std::set<BarShape> shapes;
  for (const auto& [bar, shape] : bars)
    if (role != Role::Melody || shape.size() > 1) shapes.insert(shape);
  return shapes;
}

/// The share of different bars that stand in more than one of so many pieces of a genre.
double shared_bars(std::string_view genre, Role role, std::uint64_t pieces) {
  std::map<BarShape, int> counts;
  for (std::uint64_t seed = 1; seed <= pieces; ++seed)
    for (const BarShape& shape : bar_shapes(composed(brief_of(genre), seed), role)) ++counts[shape];
  double all = 0, shared = 0;
  for (const auto& [shape, count] : counts) {
    all += count;
    if (count > 1) shared += count;
  }
  return shared / all;
}

}  // namespace

TEST_CASE(
    "returns: a section that returns is more alike to its first statement than any contrast") {
  int pieces = 0, unknown = 0;  // returns that share less than a fifth with their origin
  for (const auto genre : Genre::names())
    for (const char* form : {"aaba", "aba", "rondo", "A B A' C A"})
      for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        CAPTURE(genre);
        CAPTURE(form);
        CAPTURE(seed);
        Brief brief = brief_of(genre);
        brief.form = *parse_form(form);
        brief.bars = 32;
        const Score score = composed(brief, seed);
        const auto first = melody_of_section(score, 0);
        double least_return = 1, most_contrast = 0;
        for (std::size_t i = 1; i < score.sections.size(); ++i) {
          const double alike = overlap(melody_of_section(score, i), first, score.ppq());
          if (score.sections[i].label.front() == 'A') least_return = std::min(least_return, alike);
          else most_contrast = std::max(most_contrast, alike);
        }
        CHECK(least_return > most_contrast);
        ++pieces;
        unknown += least_return <= 0.2;
      }
  CHECK(unknown * 50 < pieces);
}

TEST_CASE("uniqueness: few bars of any part of a genre stand in two pieces") {
  for (const std::string genre : {"jazz", "arabic", "rock", "reggae", "blues", "cinematic"}) {
    CAPTURE(genre);
    CHECK(shared_bars(genre, Role::Melody, 30) < 0.05);
    CHECK(shared_bars(genre, Role::Chords, 30) < 0.01);
    CHECK(shared_bars(genre, Role::Bass, 30) < 0.03);
  }
  for (const char* genre : {"jazz", "rock", "reggae", "arabic"}) {
    CAPTURE(genre);
    CHECK(shared_bars(genre, Role::Drums, 30) < 0.05);
  }
}

TEST_CASE("idiom: what a genre lives by stays so in every piece") {
  // The share of bars in which a part strikes at a time.
  const auto share = [](const char* genre, Role role, Duration at) {
    double bars = 0, struck = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const Score score = composed(brief_of(genre), seed);
      std::set<Bar> all, with;
      for (const Note& note : part_of(score, role).notes) {
        const Bar bar = score.meter.bar_at(note.onset);
        all.insert(bar);
        if (note.onset - score.meter.onset_of(bar) == at) with.insert(bar);
      }
      bars += static_cast<double>(all.size());
      struck += static_cast<double>(with.size());
    }
    return struck / bars;
  };
  const Duration beat = kComposedPpq.quarter();
  // Oom-pah-pah: the bass on one, chords on two and three.
  CHECK(share("waltz", Role::Bass, Duration(0)) > 0.9);
  CHECK(share("waltz", Role::Bass, beat) < 0.5);
  CHECK(share("waltz", Role::Chords, Duration(0)) < 0.3);
  CHECK(share("waltz", Role::Chords, beat) > 0.75);
  CHECK(share("waltz", Role::Chords, beat * 2) > 0.75);
  // The skank: off the beat, not on it.
  for (int i = 0; i < 4; ++i) {
    CHECK(share("reggae", Role::Chords, beat * i + beat / 2) > 0.7);
    CHECK(share("reggae", Role::Chords, beat * i) < 0.4);
  }
}

TEST_CASE("hand: what a genre never does and always does stays so, all else is the player's") {
  const OnsetProfile genre{1, 0.5, 0.5, 0.5, 0};
  std::set<double> chances;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const OnsetProfile player = leaned(genre, Rng(seed));
    CHECK(player.bar == 1);
    CHECK(player.fine == 0);
    CHECK(player.middle >= 1.0 / 3 - 1e-9);
    CHECK(player.middle <= 2.0 / 3 + 1e-9);
    chances.insert(player.middle);
  }
  CHECK(chances.size() == 20);
}

TEST_CASE("likelihood: what a profile does mostly is likelier than what it does seldom") {
  const BarGrid grid(kCommonTime);
  const OnsetProfile quarters{1, 0.9, 0.9, 0.1, 0};
  const Duration beat = kComposedPpq.quarter();
  const auto of = [&](std::initializer_list<Duration> onsets) {
    return likelihood(grid, quarters, 1, std::vector<Duration>(onsets));
  };
  const double usual = of({Duration(0), beat, beat * 2, beat * 3});
  CHECK(usual > of({Duration(0), beat * 2, beat * 3}));
  CHECK(usual > of({Duration(0), beat, beat * 3 / 2, beat * 2, beat * 3}));
  CHECK(of({beat / 3}) > 0);  // between the places: unlikely, never impossible
}

TEST_CASE("hand: where a genre leaves nothing to its players, chords are struck as they stand") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const WayLeans plain = draw_way_leans(0, Rng(seed)), own = draw_way_leans(1, Rng(seed));
    for (const Way way : {Way::Turned, Way::Split, Way::Answered, Way::Moved}) {
      CHECK(plain[static_cast<std::size_t>(way)] == 0);
      CHECK(own[static_cast<std::size_t>(way)] > 0);
    }
  }
}

TEST_CASE("hand: a detached touch shortens, by a mark where notes are short already") {
  Rng rng(1);
  const Duration quarter = kComposedPpq.quarter();
  const Touch legato{0}, detached{1};
  CHECK(legato.held(quarter, rng).written == quarter);
  CHECK_FALSE(legato.held(quarter, rng).staccato);
  CHECK(detached.held(quarter, rng).written == quarter);
  CHECK(detached.held(quarter, rng).staccato);
  CHECK(detached.held(quarter * 4, rng).written == quarter * 2);
  CHECK_FALSE(detached.held(quarter * 4, rng).staccato);
}
