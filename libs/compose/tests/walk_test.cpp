// SPDX-License-Identifier: MIT
#include "pieces.hpp"

#include <set>

using namespace toccata;
using namespace toccata::test;

namespace {

Brief walk_brief() {
  Brief brief = brief_of("classical");
  brief.engine = "walk";
  return brief;
}
const std::vector<Note>& notes_of(const Score& score, Role role) {
  return part_of(score, role).notes;
}
bool is_of_tonic_triad(const Note& note, const Key& key) {
  const int above =
      (note.pitch.pitch_class().number() - key.tonic.pitch_class().number() + 12) % 12;
  return above == 0 || above == (key.scale.is_minor() ? 3 : 4) || above == 7;
}
/// Pitch classes of the chord that begins at a bar, as numbers above C.
std::set<int> chord_at(const Score& score, int bar) {
  std::set<int> classes;
  for (const Note& note : notes_of(score, Role::Chords))
    if (note.onset == score.meter.onset_of(Bar(bar)))
      classes.insert(note.pitch.pitch_class().number());
  return classes;
}

}  // namespace

TEST_CASE(
    "walk: sixteen notes by default, all of the scale, in steps of two semitones and what snapping "
    "adds") {
  const Settings settings = settled(walk_brief(), 1);
  const Score score = *compose(settings);
  const auto& notes = notes_of(score, Role::Melody);
  CHECK(notes.size() == 16);
  for (std::size_t i = 0; i < notes.size(); ++i) {
    CHECK(settings.key.contains(notes[i].pitch.pitch_class()));
    if (i > 0 && i + 1 < notes.size()) CHECK(std::abs(notes[i].pitch - notes[i - 1].pitch) <= 4);
  }
}

TEST_CASE("walk: its melodies drift downwards by about 0.2 semitones a note") {
  Brief brief = walk_brief();
  brief.bars = 15;
  brief.walk.lowest = 0;
  brief.walk.highest = 127;
  brief.walk.ending = WalkEnding::Free;
  double drift = 0;
  constexpr int kPieces = 200, kNotes = 60;
  for (int seed = 1; seed <= kPieces; ++seed) {
    const Score score = composed(brief, static_cast<std::uint64_t>(seed));
    const auto& notes = notes_of(score, Role::Melody);
    REQUIRE(notes.size() == kNotes);
    drift += (notes.back().pitch - notes.front().pitch) / (kNotes - 1.0) / kPieces;
  }
  CHECK(drift == doctest::Approx(-0.2).epsilon(0.15));
}

TEST_CASE("walk: a piece has all the notes asked for, and the bars that they need") {
  for (const int notes : {1, 5, 40, 333}) {
    Brief brief = walk_brief();
    brief.walk.notes = notes;
    const Score score = composed(brief, 3);
    CHECK(static_cast<int>(notes_of(score, Role::Melody).size()) == notes);
    CHECK(score.bar_count() == (notes + 3) / 4);
  }
}

TEST_CASE("walk: steps and probabilities are those asked for") {
  Brief brief = walk_brief();
  brief.walk.steps = {2};
  brief.walk.probabilities = {1.0};
  brief.walk.ending = WalkEnding::Free;
  const auto rising = notes_of(composed(brief, 3), Role::Melody);
  CHECK(std::ranges::is_sorted(rising, {}, &Note::pitch));
  CHECK(rising.back().pitch - rising.front().pitch > 20);
  brief.walk.steps = {5, -5};
  brief.walk.probabilities = {0.0, 1.0};
  const auto falling = notes_of(composed(brief, 3), Role::Melody);
  CHECK(falling.back().pitch < falling.front().pitch);
}

TEST_CASE("walk: its melody stays within the range asked for, whatever the scale") {
  for (const auto& [lowest, highest] : {std::pair{61, 66}, {40, 43}, {90, 100}, {60, 60}})
    for (std::uint64_t seed = 1; seed <= 20; ++seed) {
      Brief brief = walk_brief();
      brief.bars = 16;
      brief.walk.lowest = lowest;
      brief.walk.highest = highest;
      brief.walk.ending = WalkEnding::Free;
      const auto notes = notes_of(composed(brief, seed), Role::Melody);
      const auto [low, high] = std::ranges::minmax(notes, {}, &Note::pitch);
      CHECK(low.pitch.number() >= lowest);
      CHECK(high.pitch.number() <= highest);
    }
}

TEST_CASE("walk: chords come from its progression; a seventh on V is a major one") {
  Brief brief = walk_brief();
  brief.tonality = *parse_tonality("C major");
  brief.walk.chords = {"I", "IV", "V7", "I"};
  const Score score = composed(brief, 3);
  CHECK(chord_at(score, 0) == std::set{0, 4, 7});
  CHECK(chord_at(score, 1) == std::set{5, 9, 0});
  CHECK(chord_at(score, 2) == std::set{7, 11, 2, 6});  // F sharp, where the rules write F
  CHECK(to_string(score.chords[2].chord) == "Gmaj7");
  brief.walk.sevenths = true;
  CHECK(chord_at(composed(brief, 3), 1) == std::set{5, 9, 0, 4});
}

TEST_CASE(
    "walk: chords that are given are played as they are named, and the bass on their basses") {
  Brief brief = walk_brief();
  brief.chords = "Dm7 | G7 | C/E | Am";
  brief.tonality = *parse_tonality("C major");
  const Score score = composed(brief, 3);
  CHECK(chord_at(score, 0) == std::set{2, 5, 9, 0});
  CHECK(chord_at(score, 1) == std::set{7, 11, 2, 5});
  const auto& bass = notes_of(score, Role::Bass);
  CHECK(bass[0].pitch.pitch_class().number() == 2);
  CHECK(bass[2].pitch.pitch_class().number() == 4);
}

TEST_CASE("walk: melody and bass end on the tonic triad, unless the ending is free") {
  int elsewhere = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Brief brief = walk_brief();
    brief.bars = static_cast<int>(1 + seed % 9);
    brief.walk.chords = {"I", "IV", "V"};
    brief.tonality = *parse_tonality(seed % 2 == 0 ? "A minor" : "F# major");
    const Settings settings = settled(brief, seed);
    const Score score = *compose(settings);
    for (const Role role : {Role::Melody, Role::Bass})
      CHECK(is_of_tonic_triad(notes_of(score, role).back(), settings.key));
    brief.walk.ending = WalkEnding::Free;
    const Score free = composed(brief, seed);
    if (!is_of_tonic_triad(notes_of(free, Role::Melody).back(), settings.key)) ++elsewhere;
    // Nothing but the endings differs.
    auto kept = notes_of(score, Role::Melody), other = notes_of(free, Role::Melody);
    kept.pop_back();
    other.pop_back();
    CHECK(std::ranges::equal(kept, other, {}, &Note::pitch, &Note::pitch));
  }
  CHECK(elsewhere > 10);
}

TEST_CASE("walk: its options are in the provenance, which makes the same piece again") {
  Brief brief = walk_brief();
  brief.walk.notes = 21;
  brief.walk.lowest = 55;
  const Score score = composed(brief, 9);
  const auto asked = brief_from_json(*parse_json(score.provenance.front().brief));
  REQUIRE(asked);
  CHECK(asked->walk == brief.walk);
  CHECK(composed(*asked, 1).parts == score.parts);
}
