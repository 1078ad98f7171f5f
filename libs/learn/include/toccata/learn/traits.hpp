// SPDX-License-Identifier: MIT
// What tells how someone plays, whatever they play: for comparing players as a whole, where nobody
// knows what they should have done note by note.
#pragma once

#include <array>
#include <span>
#include <string_view>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/learn/aligned.hpp>
#include <toccata/score/performance.hpp>

namespace toccata::learn {

enum class Trait : std::uint8_t {
  LoudnessSpread,       ///< deviation of velocities
  LoudnessPersistence,  ///< correlation of a chord's mean velocity with the next one's
  Accent,               ///< velocity on the bar's first beat, less that off the beats
  PhraseArc,            ///< velocity in the middle half of phrases, less that around it
  TempoSpread,          ///< deviation of beats: log2 of their length
  TempoPersistence,     ///< correlation of a beat's length with the next one's
  WaitSpread,           ///< deviation of the time from each chord to the next, likewise
  WaitPersistence,      ///< correlation of one with the next
  PhraseEnd,            ///< log2 slowness of chords in the last sixth of phrases, less that before
  PieceEnd,      ///< log2 slowness of the last two chords that others follow, against the median
  ChordSpread,   ///< from the first to the last note of a chord, the mean; milliseconds
  LengthSpread,  ///< deviation of articulations: log2 of sounding over written length
  PedalLength,   ///< how long the pedal is held down, the median; seconds
  PedalShare,    ///< share of the time with the pedal down
};
inline constexpr std::size_t kTraits = 14;
std::string_view name_of(Trait trait);  ///< "loudness_spread" ...

/// NaN where a performance gives no occasion: no chord, no pedal, one phrase's end ...
using Traits = std::array<double, kTraits>;
/// Phrases are those of find_phrases, whoever plays. Cost: O(n log n).
Traits traits_of(const PlayingOrder& order, const AlignedPerformance& performance);

/// What is heard of a performance that was made, as if it had been recorded and aligned.
/// Range: the performance is of the order's score. The pedal is that of all parts together.
AlignedPerformance as_heard(const PlayingOrder& order, const Performance& performance);

/// Performances, each by the number of its composition.
struct TraitRows {
  std::vector<Traits> traits;
  std::vector<std::uint32_t> composition;
};
/// One trait of many performances.
struct TraitFigures {
  double mean = 0;
  std::array<double, 2> ci95{};  ///< compositions drawn anew a thousand times
  std::size_t performances = 0;  ///< that gave occasion; with none the figures are NaN
};
TraitFigures figures_of(const TraitRows& rows, Trait trait, const Rng& rng);

/// How far two groups lie apart in a trait: the largest difference of their distribution functions,
/// 0 (alike) to 1 (no value of one among those of the other); NaN where one has none.
/// Source: Kolmogorov 1933, Smirnov 1939.
double distance(const TraitRows& one, const TraitRows& other, Trait trait);

}  // namespace toccata::learn
