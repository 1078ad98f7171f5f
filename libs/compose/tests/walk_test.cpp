// SPDX-License-Identifier: MIT
#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {
Settings walk_settings(std::uint64_t seed) {
  Brief brief = brief_of("classical");
  brief.engine = "walk";
  return settled(brief, seed);
}
}  // namespace

TEST_CASE(
    "walk: sixteen notes by default, all of the scale, in steps of two semitones and what snapping "
    "adds") {
  const Settings settings = walk_settings(1);
  const Score score = *compose(settings);
  const auto& notes = part_of(score, Role::Melody).notes;
  CHECK(notes.size() == 16);
  for (std::size_t i = 0; i < notes.size(); ++i) {
    CHECK(settings.key.contains(notes[i].pitch.pitch_class()));
    if (i > 0) CHECK(std::abs(notes[i].pitch - notes[i - 1].pitch) <= 4);
  }
}

TEST_CASE("walk: its melodies drift downwards by about 0.2 semitones a note") {
  double drift = 0;
  constexpr int kPieces = 200, kNotes = 60;
  for (int seed = 1; seed <= kPieces; ++seed) {
    Settings settings = walk_settings(static_cast<std::uint64_t>(seed));
    settings.bars = 15;
    settings.walk.lowest = 0;
    settings.walk.highest = 127;
    const Score score = *compose(settings);
    const auto& notes = part_of(score, Role::Melody).notes;
    REQUIRE(notes.size() == kNotes);
    drift += (notes.back().pitch - notes.front().pitch) / (kNotes - 1.0) / kPieces;
  }
  CHECK(drift == doctest::Approx(-0.2).epsilon(0.15));
}

TEST_CASE("walk: options change what they name: notes, steps, range, progression, sevenths") {
  Settings settings = walk_settings(3);
  settings.walk.notes = 5;
  settings.walk.steps = {1};
  settings.walk.probabilities = {1.0};
  settings.walk.progression = {"I", "V7"};
  const Score score = *compose(settings);
  const auto& melody = part_of(score, Role::Melody).notes;
  CHECK(melody.size() == 5);
  CHECK(melody.back().pitch > melody.front().pitch);
  // V7 as that generator builds it: a major seventh over the dominant, F sharp in C.
  const auto& chords = part_of(score, Role::Chords).notes;
  CHECK(std::ranges::any_of(chords,
                            [](const Note& n) { return n.pitch.pitch_class().number() == 6; }));
  settings.walk.lowest = settings.walk.highest = 60;
  const Score flat = *compose(settings);
  for (const Note& note : part_of(flat, Role::Melody).notes) CHECK(note.pitch.number() == 60);
}

TEST_CASE("walk: it says what it cannot do before the first note") {
  Brief brief = brief_of("classical");
  brief.engine = "walk";
  brief.drums = true;
  CHECK_FALSE(settle(brief, 1));
  brief.drums.reset();
  brief.tonality = *parse_tonality("D bayati");
  CHECK_FALSE(settle(brief, 1));
}
