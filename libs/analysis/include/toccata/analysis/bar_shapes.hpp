// SPDX-License-Identifier: MIT
// Bars as values that can be looked up: whether two pieces have a bar in common, note for note.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <toccata/analysis/bars.hpp>

namespace toccata {

/// What of a bar's notes must agree for two bars to be equal.
struct BarShapeOptions {
  int per_quarter = 12;   ///< [1, 48]: onsets and durations go to the nearest point of this grid
  bool durations = true;  ///< false: onsets and pitches alone, as of drums and of played music
  /// Pitches count from here and whole octaves up or down don't count: a bar has the same shape in
  /// every key. None: pitches count as they are.
  std::optional<PitchClass> tonic = std::nullopt;
  int fewest_onsets = 1;  ///< bars with fewer have no value
};

/// A value for each bar with notes, in order: two bars are equal when their values are. A note
/// belongs to the bar where it begins, also where it rounds to the next bar line;
/// two that are the same count once.
/// Cost: O(notes log notes).
std::vector<std::uint64_t> bar_shapes(std::span<const Note> notes, const MeterMap& meters,
                                      const BarShapeOptions& options = {});

}  // namespace toccata
