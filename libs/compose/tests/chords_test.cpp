// SPDX-License-Identifier: MIT
// What hands do with chords: figures, where they lie, which tones they take.
#include <array>
#include <map>
#include <set>

#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

/// The pitches that a part strikes together.
std::map<Tick, std::set<int>> strokes_of(const Score& score, Role role) {
  std::map<Tick, std::set<int>> strokes;
  for (const Note& note : part_of(score, role).notes)
    strokes[note.onset].insert(note.pitch.number());
  return strokes;
}

double share(int part, int whole) { return static_cast<double>(part) / whole; }

}  // namespace

TEST_CASE("chords: broken chords keep a figure, Alberti's most of all") {
  int even = 0, same = 0, alberti = 0;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    const Score score = composed(brief_of("classical"), seed);
    const auto strokes = strokes_of(score, Role::Chords);
    for (int bar = 0; bar + 1 < score.bar_count(); ++bar) {
      std::array<std::vector<int>, 2> halves;
      std::array<std::set<int>, 2> tones;
      for (std::size_t i = 0; i < 8; ++i) {
        const Tick at = score.meter.onset_of(Bar(bar)) +
                        kComposedPpq.quarter() / 2 * static_cast<std::int64_t>(i);
        const auto stroke = strokes.find(at);
        if (stroke == strokes.end()) continue;
        halves[i / 4].push_back(*stroke->second.begin());
        tones[i / 4].insert(*stroke->second.begin());
      }
      if (halves[0].size() < 4 || halves[1].size() < 4) continue;
      for (std::size_t half = 0; half < 2; ++half)
        for (int& tone : halves[half])
          tone = static_cast<int>(std::distance(tones[half].begin(), tones[half].find(tone)));
      ++even;
      same += halves[0] == halves[1];
      alberti += halves[0] == std::vector{0, 2, 1, 2};
    }
  }
  CHECK(share(same, even) > 0.8);
  CHECK(share(alberti, even) > 0.2);
}

TEST_CASE("chords: hands lie below the melody") {
  for (const char* genre : {"classical", "electronic", "lofi", "jazz", "blues"}) {
    CAPTURE(std::string(genre));
    int all = 0, under = 0;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      const Score score = composed(brief_of(genre), seed);
      for (const Note& note : part_of(score, Role::Melody).notes) {
        ++all;
        under += std::ranges::any_of(part_of(score, Role::Chords).notes, [&](const Note& other) {
          return other.onset <= note.onset && note.onset < other.end() && other.pitch > note.pitch;
        });
      }
    }
    CHECK(share(under, all) < 0.08);
  }
}

TEST_CASE("chords: a distorted guitar has no thirds, and no hand has close chords below C3") {
  int all = 0, low = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    const Score score = composed(brief_of("rock"), seed);
    for (const Note& note : part_of(score, Role::Chords).notes) {
      const Chord& chord = chord_at(score, note.onset)->chord;
      const int above = semitones_up(chord.root_class(), note.pitch.pitch_class());
      ++all;
      low += above == 3 || above == 4;
    }
  }
  CHECK(share(low, all) < 0.03);  // what is held may touch a neighbour
}

TEST_CASE("chords: jazz voicings spread semitones, and end with a sixth or seventh on the root") {
  int all = 0, rubbing = 0;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    for (const auto& [at, stroke] : strokes_of(composed(brief_of("jazz"), seed), Role::Chords)) {
      ++all;
      rubbing += std::ranges::any_of(stroke, [&](int n) { return stroke.contains(n + 1); });
    }
    for (const char* key : {"C major", "C minor"}) {
      Brief brief = brief_of("jazz");
      brief.tonality = *parse_tonality(key);
      const Score score = composed(brief, seed);
      CHECK(score.chords.back().chord.tones.size() > 3);
      for (const ChordMark& mark : score.chords) CHECK_FALSE(mark.chord.bass.has_value());
    }
  }
  CHECK(share(rubbing, all) < 0.05);
}
