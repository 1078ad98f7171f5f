// SPDX-License-Identifier: MIT
// What a drummer played, as it would be written: strokes on a grid, and how far each lies from it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <toccata/perform/drum_pattern.hpp>

namespace toccata::learn {

/// A stroke as it was played.
struct Struck {
  double at;  ///< quarters from the start
  Drum drum;
  int velocity;
};

/// The same strokes, in the same order, on a grid.
struct Quantised {
  std::vector<std::int64_t> places;  ///< in DrumPattern::kPlaces a quarter, never under 0
  std::vector<double> lateness;      ///< behind the place, swing taken off. Units: quarters
  double eighth_swing = 0.5;         ///< where off-beat eighths stand in their quarter
  double sixteenth_swing = 0.5;      ///< where off-beat sixteenths stand in their eighth
};

/// Finds the grid of each quarter: sixteenths, triplets of eighths or of sixteenths, or
/// thirty-seconds, whichever tells the strokes with the least description: their squared distances
/// in units of a drummer's unsteadiness, a choice of one place of the grid for each, and how rare
/// the grid is in the take, which is found by iteration. Off-beats that stand late throughout the
/// take are its swing: it is measured and belongs to the grid, not to the lateness.
///
/// Range:  strokes sorted by time, from 0 on; seconds a quarter over 0.
/// Cost:   O(strokes).
/// Source: Rissanen 1978 (description length); the grids and the 22 ms are ours.
Quantised quantise(std::span<const Struck> strokes, double seconds_a_quarter);

}  // namespace toccata::learn
