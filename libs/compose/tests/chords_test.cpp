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

TEST_CASE("chords: broken chords keep a figure from bar to bar, Alberti's most of all") {
  int even = 0, pairs = 0, same = 0, alberti = 0;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    const Score score = composed(brief_of("classical"), seed);
    const auto strokes = strokes_of(score, Role::Chords);
    std::array<std::vector<int>, 2> before;
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
      pairs += !before[0].empty();
      same += halves == before;
      alberti += halves[0] == std::vector{0, 2, 1, 2};
      before = halves;
    }
  }
  CHECK(pairs > 20);
  CHECK(share(same, pairs) > 0.5);
  CHECK(share(alberti, even) > 0.1);
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

TEST_CASE("chords: a distorted guitar has hardly any thirds") {
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
    for (const auto& stroke : strokes_of(composed(brief_of("jazz"), seed), Role::Chords)) {
      const std::set<int>& tones = stroke.second;
      ++all;
      rubbing += std::ranges::any_of(tones, [&](int n) { return tones.contains(n + 1); });
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

TEST_CASE("chords: broken ones in compound meters begin with their lowest tone on the beat") {
  for (const char* meter : {"6/8", "12/8"}) {
    int beats = 0, lowest_first = 0;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
      Brief brief = brief_of("classical");
      brief.meter = *parse_meter(meter);
      brief.bars = 8;
      const Score score = composed(brief, seed);
      const auto& notes = part_of(score, Role::Chords).notes;
      const Duration beat = score.ppq().quarter() * 3 / 2;
      for (Tick at; at + beat * 4 < score.end; at += beat) {
        int first = 128, least = 128;
        for (const Note& note : notes) {
          if (note.onset < at || note.onset >= at + beat) continue;
          least = std::min(least, note.pitch.number());
          if (note.onset == at) first = std::min(first, note.pitch.number());
        }
        if (first == 128) continue;
        ++beats;
        lowest_first += first == least;
      }
    }
    CHECK(beats > 50);
    CHECK(lowest_first * 10 > beats * 6);
  }
}

TEST_CASE("chords: what colours the last one belongs to its mode") {
  for (const char* key : {"C mixolydian", "C phrygian", "C locrian", "C dorian"})
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      CAPTURE(std::string(key));
      Brief brief = brief_of("jazz");
      brief.tonality = *parse_tonality(key);
      brief.bars = 8;
      const Settings settings = settled(brief, seed);
      const Score score = composed(brief, seed);
      const Chord& last = score.chords.back().chord;
      for (const ChordTone& tone : last.tones)
        if (tone.degree == 6 || tone.degree == 7)
          CHECK(settings.key.contains(last.root_class() + tone.semitones));
    }
}
