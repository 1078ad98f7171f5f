// SPDX-License-Identifier: MIT
// What a bass plays under its chords.
#include <algorithm>
#include <array>
#include <set>

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
        const ChordMark* before = chord_at(score, event.at - Duration(1));
        const bool changes = before == nullptr || before->chord != event.chord;
        if (event.at == note.onset && at == Duration(0) && changes) {
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

TEST_CASE("bass: blues has a figure that its piece keeps and no other has") {
  std::set<std::vector<std::pair<Duration, int>>> firsts;
  int kept = 0, bars = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Brief brief = brief_of("blues");
    brief.bars = 24;
    const Score score = composed(brief, seed);
    // Strokes of each bar before its last beat, which leads on in any way, above the root.
    std::vector<std::vector<std::pair<Duration, int>>> walks(24);
    for (const Note& note : part_of(score, Role::Bass).notes) {
      const Duration at = into_bar(score, note);
      const PitchClass root = chord_at(score, note.onset)->chord.root_class();
      const auto bar = static_cast<std::size_t>(score.meter.bar_at(note.onset).index());
      if (at < kComposedPpq.quarter() * 3)
        walks[bar].emplace_back(at, semitones_up(root, note.pitch.pitch_class()));
    }
    firsts.insert(walks[0]);
    for (std::size_t bar = 2; bar + 1 < walks.size(); ++bar, ++bars)
      kept += walks[bar] == walks[bar - 2];
  }
  CHECK(firsts.size() >= 38);
  CHECK(share(kept, bars) > 0.3);
  CHECK(share(kept, bars) < 0.8);
}

TEST_CASE("bass: seconds and fourths that a blues bass touches on a beat are passed by step") {
  int passing = 0, left = 0;
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Score score = composed(brief_of("blues"), seed);
    const auto& notes = part_of(score, Role::Bass).notes;
    for (std::size_t i = 0; i + 1 < notes.size(); ++i) {
      const PitchClass root = chord_at(score, notes[i].onset)->chord.root_class();
      const int above = semitones_up(root, notes[i].pitch.pitch_class());
      // The last beat leads on in any way.
      const bool is_late = into_bar(score, notes[i]) >= kComposedPpq.quarter() * 3;
      if ((above != 2 && above != 5) || is_late) continue;
      const auto after = std::find_if(notes.begin() + static_cast<std::ptrdiff_t>(i), notes.end(),
                                      [&](const Note& n) { return n.pitch != notes[i].pitch; });
      if (after == notes.end()) continue;
      ++passing;
      left += std::abs(after->pitch - notes[i].pitch) <= 2;
    }
  }
  CHECK(passing > 40);
  CHECK(share(left, passing) > 0.9);
}

TEST_CASE("bass: few pieces end with the same bar") {
  for (const char* genre : {"blues", "jazz", "rock"}) {
    std::set<std::vector<std::pair<Duration, Pitch>>> endings;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      const Score score = composed(brief_of(genre), seed);
      const Tick last = score.meter.onset_of(Bar(score.bar_count() - 1));
      std::vector<std::pair<Duration, Pitch>> ending;
      for (const Note& note : part_of(score, Role::Bass).notes)
        if (note.onset >= last) ending.emplace_back(note.onset - last, note.pitch);
      endings.insert(ending);
    }
    CAPTURE(std::string(genre));
    CHECK(endings.size() >= 37);
  }
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
