// SPDX-License-Identifier: MIT
// The chords that estimate_chords knows, as tones above the root, and what the fit counts.
#pragma once

#include <array>
#include <span>

#include <toccata/theory/chord.hpp>

namespace toccata::detail {

struct ChordTemplate {
  std::array<ChordTone, 4> tones;  ///< the first `size` of them
  std::size_t size;
  double cost;  ///< how much less likely than a plain triad; tuned with ChordWeights

  std::span<const ChordTone> span() const { return std::span(tones).first(size); }
};

/// Triads first.
inline constexpr std::size_t kTriadCount = 5;
inline constexpr std::array<ChordTemplate, 10> kChordTemplates = {{
    {{{{1, 0}, {3, 4}, {5, 7}, {}}}, 3, 0.00},       // major
    {{{{1, 0}, {3, 3}, {5, 7}, {}}}, 3, 0.00},       // minor
    {{{{1, 0}, {3, 3}, {5, 6}, {}}}, 3, 0.08},       // diminished
    {{{{1, 0}, {3, 4}, {5, 8}, {}}}, 3, 0.38},       // augmented
    {{{{1, 0}, {4, 5}, {5, 7}, {}}}, 3, 0.30},       // sus4
    {{{{1, 0}, {3, 4}, {5, 7}, {7, 10}}}, 4, 0.05},  // 7
    {{{{1, 0}, {3, 4}, {5, 7}, {7, 11}}}, 4, 0.24},  // maj7
    {{{{1, 0}, {3, 3}, {5, 7}, {7, 10}}}, 4, 0.24},  // m7
    {{{{1, 0}, {3, 3}, {5, 6}, {7, 10}}}, 4, 0.30},  // m7b5
    {{{{1, 0}, {3, 3}, {5, 6}, {7, 9}}}, 4, 0.30},   // dim7
}};

/// What the fit of a chord to a slice counts, where all that sounds there sums to 1.
struct ChordWeights {
  double begun = 0.43;         ///< how often a tone begins, beside 1 for how long it sounds
  double against = 0.5;        ///< off for each unit of tones outside the chord
  double root_in_bass = 0.3;   ///< on for the share of the time that the root is lowest
  double tone_in_bass = 0.09;  ///< on for another tone of the chord
  double root_missing = 0.1;   ///< off when the root does not sound
  double third_missing = 0.25;
  double other_missing = 0.065;  ///< off for each other tone that does not sound
  double in_key = 0.05;          ///< on for the share of the chord's tones that belong to the key
};
inline constexpr ChordWeights kChordWeights = {};

}  // namespace toccata::detail
