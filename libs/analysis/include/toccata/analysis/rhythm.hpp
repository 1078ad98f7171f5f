// SPDX-License-Identifier: MIT
// The rhythm of a part: where in the bar notes begin, how long they last, on which grid, how swung.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <toccata/analysis/bars.hpp>
#include <toccata/score/performance.hpp>

namespace toccata {

/// Sixteenths in a bar, at least 1: 16 in 4/4, 12 in 3/4 and 6/8, 14 in 7/8.
int sixteenths_of(const Meter& meter);

/// How often notes begin on each sixteenth of the bar.
struct OnsetGrid {
  Meter meter = kCommonTime;
  std::vector<double> shares;  ///< sixteenths_of(meter) of them; they sum to 1, or are all 0
  friend bool operator==(const OnsetGrid&, const OnsetGrid&) = default;
};
/// The grid of the notes that begin in bars of this meter; each onset goes to the nearest
/// sixteenth, one that is nearest the next bar line to the bar's first.
OnsetGrid onset_grid(std::span<const Note> notes, const MeterMap& meters, const Meter& meter);

/// Where notes begin within a stretch of time, as sixteenths of a whole note from its onset, each
/// once, in order. Notes that begin outside it don't count.
std::vector<std::int64_t> onset_positions(std::span<const Note> notes, Span span, Ppq ppq);
/// How many positions two stretches have in common, over the mean of how many they have (Dice):
/// [0, 1]. 1 when both have none.
double onset_likeness(std::span<const std::int64_t> a, std::span<const std::int64_t> b);

/// The meter that holds for most bars; of two equally common ones the earlier.
Meter prevailing_meter(const MeterMap& meters, BarRange bars);

/// A note value and the share of notes that last so long.
struct ValueShare {
  Rational quarters;  ///< on the grid of 1/48 quarter, at least 1/48
  double share;       ///< (0, 1]
  friend bool operator==(const ValueShare&, const ValueShare&) = default;
};
/// The written durations, the most frequent first, of equal ones the shorter; they sum to 1.
std::vector<ValueShare> duration_shares(std::span<const Note> notes, Ppq ppq);
/// The same of the times from one onset to the next, notes that begin together counted once.
std::vector<ValueShare> step_shares(std::span<const Note> notes, Ppq ppq);

/// The coarsest even grid that the onsets keep to.
struct Grid {
  int per_quarter;  ///< one of 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48
  double share;     ///< of the onsets that lie on it, [0, 1]
  friend bool operator==(const Grid&, const Grid&) = default;
};
/// The coarsest grid of even parts of a quarter that holds at least 97 % of the onsets, counted
/// from each bar line, within 1/192 quarter; else the finest. 1 where there are no notes.
Grid finest_grid(std::span<const Note> notes, const MeterMap& meters);

/// How unevenly the halves of quarters are played.
struct SwingEstimate {
  double ratio;  ///< first half's share of the quarter: 0.5 straight, 0.667 triplet swing
  int beats;     ///< quarters that told; under 8 read the ratio as unclear
  friend bool operator==(const SwingEstimate&, const SwingEstimate&) = default;
};
/// The median place of single onsets between two quarters that both have one, if it lies in
/// [0.4, 0.8]. Nothing in compound meters or where no quarter tells.
///
/// Source: Friberg and Sundstroem 2002, Swing Ratios and Ensemble Timing (what is measured).
std::optional<SwingEstimate> estimate_swing(std::span<const Note> notes, const MeterMap& meters);
/// The same of the onsets as played.
std::optional<SwingEstimate> estimate_swing(std::span<const Note> notes, const MeterMap& meters,
                                            const Performance& performance);

}  // namespace toccata
