// SPDX-License-Identifier: MIT
// Chords that the user gave: where they change, and that each is heard.
#include "pieces.hpp"

#include <vector>

using namespace toccata;
using namespace toccata::test;

namespace {

Brief over(const char* chords, const char* meter, std::string_view genre) {
  Brief brief = brief_of(genre);
  brief.chords = chords;
  brief.meter = *parse_meter(meter);
  brief.pickup = false;
  return brief;
}

/// Onsets of the first bar's chords, in eighths.
std::vector<double> changes(const char* chords, const char* meter) {
  const Score score = composed(over(chords, meter, "classical"), 1);
  std::vector<double> eighths;
  for (const ChordMark& mark : score.chords)
    if (mark.at < score.meter.end_of(Bar(0)))
      eighths.push_back(static_cast<double>((mark.at - Tick(0)).ticks()) / 240);
  return eighths;
}

bool sounds(const Part& part, Tick from, Tick until, PitchClass tone) {
  return std::ranges::any_of(part.notes, [&](const Note& note) {
    return note.onset < until && note.end() > from && note.pitch.pitch_class() == tone;
  });
}

}  // namespace

TEST_CASE("given chords: those of a bar change on its beats, the earlier ones lasting longer") {
  using Eighths = std::vector<double>;
  CHECK(changes("C F | G C", "4/4") == Eighths{0, 4});
  CHECK(changes("C F G | C", "4/4") == Eighths{0, 4, 6});
  CHECK(changes("C F G C | C", "4/4") == Eighths{0, 2, 4, 6});
  CHECK(changes("C F | G C", "3/4") == Eighths{0, 4});
  CHECK(changes("C F | G C", "5/4") == Eighths{0, 6});
  CHECK(changes("C F | G C", "7/8") == Eighths{0, 4});
  CHECK(changes("C F | G C", "9/8") == Eighths{0, 6});
  CHECK(changes("C F G | C", "6/8") == Eighths{0, 2, 4});
}

TEST_CASE("given chords: what the hand strikes belongs to them, however many share a bar") {
  for (const std::string_view genre : {"waltz", "classical", "lofi", "folk", "funk"})
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      CAPTURE(genre);
      CAPTURE(seed);
      const Score score = composed(over("C F G C | F | Am Dm G Em7", "4/4", genre), seed);
      for (const Note& note : part_of(score, Role::Chords).notes) {
        const auto holds = [&](Tick at) {
          const auto next = std::ranges::upper_bound(score.chords, at, {}, &ChordMark::at);
          return std::prev(next)->chord.contains(note.pitch.pitch_class());
        };
        // A hand arrives at a chord half a beat early.
        const Tick soon = std::min(note.onset + kComposedPpq.quarter(), score.end - Duration(1));
        CHECK((holds(note.onset) || holds(soon)));
      }
    }
}

TEST_CASE("given chords: each has its third in the chords and its bass in the bass") {
  for (const std::string_view genre : {"blues", "lofi", "reggae", "folk", "classical", "jazz"})
    for (const char* meter : {"4/4", "7/8"})
      for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        CAPTURE(genre);
        CAPTURE(meter);
        CAPTURE(seed);
        const Score score = composed(over("F#m Bb | Em G/B | D7 Cm | A C", meter, genre), seed);
        const Part &chords = part_of(score, Role::Chords), &bass = part_of(score, Role::Bass);
        for (std::size_t i = 0; i + 1 < score.chords.size(); ++i) {
          const Tick from = score.chords[i].at, until = score.chords[i + 1].at;
          const Chord& chord = score.chords[i].chord;
          CAPTURE(to_string(chord));
          CHECK(sounds(chords, from, until, chord.root_class() + *chord.semitones_of(3)));
          CHECK(sounds(bass, from, until,
                       chord.bass ? chord.bass->pitch_class() : chord.root_class()));
        }
      }
}
