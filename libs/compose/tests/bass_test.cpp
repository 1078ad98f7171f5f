// SPDX-License-Identifier: MIT
// What a bass plays under its chords.
#include <array>
#include <map>

#include "../src/chord_scale.hpp"
#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

/// Whether a note belongs to the chord at its onset, its bass included.
bool is_of_chord(const Score& score, const Note& note) {
  const Chord& chord = chord_at(score, note.onset)->chord;
  const PitchClass tone = note.pitch.pitch_class();
  return chord.contains(tone) || tone == chord.bass_class();
}

Duration into_bar(const Score& score, const Note& note) {
  return note.onset - score.meter.onset_of(score.meter.bar_at(note.onset));
}

double share(int part, int whole) { return static_cast<double>(part) / whole; }

}  // namespace

TEST_CASE("bass: it never sounds above the melody, however low that reaches") {
  for (const char* genre : {"cinematic", "arabic"})
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
      CAPTURE(genre);
      CAPTURE(seed);
      const Score score = composed(brief_of(genre), seed);
      const auto& melody = part_of(score, Role::Melody).notes;
      std::size_t at = 0;
      int above = 0;
      for (const Note& note : part_of(score, Role::Bass).notes) {
        while (at < melody.size() && melody[at].end() <= note.onset) ++at;
        for (std::size_t i = at; i < melody.size() && melody[i].onset < note.end(); ++i)
          above += note.pitch > melody[i].pitch;
      }
      CHECK(above == 0);
    }
}

TEST_CASE("bass: no line stays on a tone that is foreign to its chord") {
  for (const char* genre : {"rock", "classical", "funk", "lofi"})
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      CAPTURE(genre);
      CAPTURE(seed);
      const Score score = composed(brief_of(genre), seed);
      const auto& notes = part_of(score, Role::Bass).notes;
      int longest = 0, run = 0;
      for (std::size_t i = 0; i < notes.size(); ++i) {
        const bool stays = i > 0 && notes[i].pitch == notes[i - 1].pitch;
        run = is_of_chord(score, notes[i]) ? 0 : stays ? run + 1 : 1;
        longest = std::max(longest, run);
      }
      CHECK(longest <= 2);
    }
}

TEST_CASE("bass: a walking line says its chords, and what is foreign leads on by a semitone") {
  for (const char* genre : {"jazz", "blues"}) {
    CAPTURE(genre);
    int firsts = 0, roots = 0, thirds = 0, of_chord = 0, foreign = 0, resolved = 0;
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
      Brief brief = brief_of(genre);
      brief.bars = 24;
      const Settings settings = settled(brief, seed);
      const Score score = *compose(settings);
      const auto& notes = part_of(score, Role::Bass).notes;
      for (std::size_t i = 0; i + 1 < notes.size(); ++i) {
        const Note& note = notes[i];
        const ChordMark& event = *chord_at(score, note.onset);
        const Duration at = into_bar(score, note);
        if (event.at == note.onset && at == Duration(0)) {
          ++firsts;
          roots += note.pitch.pitch_class() == event.chord.bass_class();
        }
        if (at == kComposedPpq.quarter() * 2) {
          ++thirds;
          of_chord += is_of_chord(score, note);
        }
        const bool is_own = has(chord_scale(settings, event.chord), note.pitch.number());
        if (is_own || note.pitch.pitch_class() == event.chord.bass_class()) continue;
        ++foreign;
        resolved += std::abs(notes[i + 1].pitch - note.pitch) == 1;
      }
    }
    CHECK(share(roots, firsts) > 0.9);
    CHECK(share(of_chord, thirds) > 0.9);
    CHECK(resolved + 5 >= foreign);
  }
}

TEST_CASE("bass: blues walks mostly in its usual shapes") {
  int shapes = 0, bars = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Score score = composed(brief_of("blues"), seed);
    std::map<Bar, std::map<Duration, int>> walks;  // on the beats of each bar: tones above the root
    for (const Note& note : part_of(score, Role::Bass).notes) {
      const PitchClass root = chord_at(score, note.onset)->chord.root_class();
      const Duration at = into_bar(score, note);
      if (at % kComposedPpq.quarter() == Duration(0))
        walks[score.meter.bar_at(note.onset)][at] = semitones_up(root, note.pitch.pitch_class());
    }
    for (const auto& [bar, walk] : walks) {
      std::vector<int> tones;
      for (const auto& [at, tone] : walk) tones.push_back(tone);
      if (tones.size() < 4) continue;
      ++bars;
      // The last beat leads on in any way.
      tones.pop_back();
      for (const std::vector<int>& shape : {std::vector{0, 4, 7},
                                            {0, 9, 7},
                                            {0, 10, 7},
                                            {0, 2, 4},
                                            {10, 9, 7},
                                            {0, 7, 0},
                                            {0, 7, 4},
                                            {0, 3, 7}})
        shapes += tones == shape;
    }
  }
  CHECK(share(shapes, bars) > 0.5);
}

TEST_CASE("bass: under given chords it keeps off the tones that they alter, and ends on the last") {
  for (const char* genre : {"rock", "classical", "jazz", "electronic", "folk"})
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
      CAPTURE(std::string(genre));
      CAPTURE(seed);
      Brief brief = brief_of(genre);
      brief.chords = "C | Ab | Bb | C | Db | C | Ebm | Bb";
      brief.tonality = *parse_tonality("C major");
      brief.bars = 8;
      const Score score = composed(brief, seed);
      const auto& notes = part_of(score, Role::Bass).notes;
      for (std::size_t i = 0; i + 1 < notes.size(); ++i) {
        if (is_of_chord(score, notes[i])) continue;
        const bool rubs = is_of_chord(score, [&] {
          Note below = notes[i];
          below.pitch = Pitch::folded_into_range(below.pitch.number() - 1);
          return below;
        }());
        CAPTURE(to_string(chord_at(score, notes[i].onset)->chord));
        CAPTURE(notes[i].pitch.number());
        CAPTURE(notes[i].onset.ticks());
        // A semitone above a tone of the chord is left by step or not there.
        if (rubs) CHECK(std::abs(notes[i + 1].pitch - notes[i].pitch) <= 2);
      }
      CHECK(notes.back().pitch.pitch_class() == PitchClass::folded(10));
    }
}

TEST_CASE("chord scale: what a chord alters takes the place of what the key has there") {
  Brief brief = brief_of("classical");
  brief.tonality = *parse_tonality("C major");
  const Settings settings = settled(brief, 1);
  const PitchClassSet flat = chord_scale(settings, *parse_chord("Ab"));
  for (const int tone : {8, 0, 3}) CHECK(has(flat, tone));
  for (const int tone : {9, 4}) CHECK_FALSE(has(flat, tone));
  brief = brief_of("blues");
  brief.tonality = *parse_tonality("C blues");
  const PitchClassSet seventh = chord_scale(settled(brief, 1), *parse_chord("F7"));
  for (const int tone : {5, 7, 9, 10, 0, 2, 3}) CHECK(has(seventh, tone));
  for (const int tone : {6, 8, 11}) CHECK_FALSE(has(seventh, tone));
}
