// SPDX-License-Identifier: MIT
// What a part is like over a range of bars: the context in which its missing bars are written.
#pragma once

#include <optional>
#include <vector>

#include <toccata/analysis/phrases.hpp>
#include <toccata/analysis/rhythm.hpp>
#include <toccata/score/performance.hpp>
#include <toccata/theory/voicing.hpp>

namespace toccata {

/// A mean and how far values spread around it (standard deviation).
struct Spread {
  double mean = 0;
  double deviation = 0;
  friend bool operator==(const Spread&, const Spread&) = default;
};

/// A part over some bars, in figures.
struct PartStyle {
  BarRange bars;
  int note_count = 0;
  std::vector<int> density;  ///< notes that begin in each bar, from bars.first on
  double empty_share = 0;    ///< of the bars, those in which no note begins
  std::optional<PitchRange> range;
  Spread register_number;  ///< of the sounding numbers
  OnsetGrid onsets;        ///< in the meter of most bars
  std::vector<ValueShare> durations;
  std::vector<ValueShare> steps;  ///< times between onsets
  IntervalShares intervals{};     ///< of the top line
  Polyphony polyphony;
  double legato = 0;  ///< sounding share of the time to the next onset, mean; 1 leaves no gaps
  Grid grid{1, 1.0};
  std::optional<SwingEstimate> swing;
  std::vector<BarRepeat> repeats;
  std::optional<Spread> velocity;  ///< where a performance was given

  /// Notes to a bar, empty bars counted.
  double notes_per_bar() const {
    return density.empty() ? 0 : note_count / static_cast<double>(density.size());
  }
};

/// The style of the notes that begin within the bars. A part that the score lacks has no notes.
/// Cost: O(notes log notes + bars).
PartStyle style_of(const Score& score, PartId part, BarRange bars);
/// The same, with velocity and swing as played.
PartStyle style_of(const Score& score, const Performance& performance, PartId part, BarRange bars);

}  // namespace toccata
