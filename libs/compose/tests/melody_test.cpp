// SPDX-License-Identifier: MIT
// How melodies close, and what they do over other chords than before.
#include <algorithm>
#include <cstdlib>

#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

std::vector<Note> plain_melody(const Score& score) {
  std::vector<Note> notes = part_of(score, Role::Melody).notes;
  std::erase_if(notes, [](const Note& note) { return note.marks.has(Mark::Ornament); });
  return notes;
}

Score piece(std::string_view genre, int bars, std::uint64_t seed) {
  Brief brief = brief_of(genre);
  brief.bars = bars;
  return composed(brief, seed);
}

}  // namespace

TEST_CASE("closes: the last note is reached by step more often than by leap") {
  for (const char* genre : {"classical", "jazz", "rock", "folk", "waltz"}) {
    CAPTURE(std::string(genre));
    int steps = 0, leaps = 0;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
      const auto melody = plain_melody(piece(genre, 16, seed));
      const int size = std::abs(melody.back().pitch - melody[melody.size() - 2].pitch);
      steps += size == 1 || size == 2;
      leaps += size >= 5;
    }
    CHECK(steps > 3 * leaps);
    CHECK(leaps <= 15);
  }
}

TEST_CASE("lines: what is foreign to its chord on a strong place mostly moves on by step") {
  int foreign = 0, unresolved = 0, strong = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Score score = piece("classical", 32, seed);
    const auto melody = plain_melody(score);
    for (std::size_t i = 0; i + 1 < melody.size(); ++i) {
      if (score.meter.weight_at(melody[i].onset) < 1) continue;
      const ChordMark* mark = chord_at(score, melody[i].onset);
      if (mark == nullptr) continue;
      ++strong;
      if (mark->chord.contains(melody[i].pitch.pitch_class())) continue;
      ++foreign;
      const int size = std::abs(melody[i + 1].pitch - melody[i].pitch);
      unresolved += size == 0 || size > 2;
    }
  }
  CHECK(strong > 400);
  CHECK(unresolved * 8 < strong);
  CHECK(unresolved * 2 < foreign);
}

TEST_CASE(
    "forms: short pieces begin on their tonic, and sections have room for more than a close") {
  for (const char* genre : {"classical", "jazz", "rock", "folk", "waltz", "electronic"})
    for (const int bars : {4, 8, 12, 16}) {
      CAPTURE(std::string(genre));
      CAPTURE(bars);
      int at_home = 0;
      for (std::uint64_t seed = 1; seed <= 20; ++seed) {
        const Score score = piece(genre, bars, seed);
        at_home +=
            score.chords.front().chord.root_class() == score.keys.front().key.tonic.pitch_class();
        CHECK(score.sections.size() * 4 <= static_cast<std::size_t>(std::max(bars, 4)));
      }
      CHECK(at_home >= 15);
    }
}

TEST_CASE("valence: in one key too, sad music lies lower and has more minor chords than joyful") {
  double low = 0, high = 0;
  int dark = 0, bright = 0;
  const auto look = [](double valence, std::uint64_t seed, double& height, int& minor) {
    Brief brief = brief_of("jazz");
    brief.tonality = *parse_tonality("D major");
    brief.valence = valence;
    brief.bars = 16;
    const Score score = composed(brief, seed);
    const auto& notes = part_of(score, Role::Melody).notes;
    double sum = 0;
    for (const Note& note : notes) sum += note.pitch.number();
    height += sum / static_cast<double>(notes.size());
    for (const ChordMark& mark : score.chords) minor += mark.chord.is_minor();
  };
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    look(-1, seed, low, dark);
    look(1, seed, high, bright);
  }
  CHECK(high > low + 20 * 3);
  CHECK(dark > bright);
}

TEST_CASE("scales that divide the octave evenly have chords and melodies of their own notes") {
  for (const char* key : {"F whole tone", "C octatonic", "E octatonic whole-half"})
    for (const char* genre : {"classical", "folk", "cinematic"}) {
      CAPTURE(std::string(key));
      Brief brief = brief_of(genre);
      brief.tonality = *parse_tonality(key);
      brief.bars = 16;
      const Settings settings = settled(brief, 2);
      const Score score = composed(brief, 2);
      for (const ChordMark& mark : score.chords)
        for (const PitchClass tone : mark.chord.pitch_classes()) CHECK(settings.key.contains(tone));
      std::size_t inside = 0, all = 0;
      for (const Part& part : score.parts)
        for (const Note& note : part.notes) {
          ++all;
          inside += settings.key.contains(note.pitch.pitch_class());
        }
      CHECK(inside * 20 > all * 19);
    }
}

TEST_CASE("modes: phrygian has its second degree where the fifth would be diminished") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Brief brief = brief_of("classical");
    brief.tonality = *parse_tonality("E phrygian");
    brief.bars = 16;
    for (const ChordMark& mark : composed(brief, seed).chords)
      CHECK(mark.chord.semitones_of(5) != 6);  // no diminished triad
  }
}
