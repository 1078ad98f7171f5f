// SPDX-License-Identifier: MIT
// Fractions of quarters on one grid of ticks, and measures in the order they are played.
#pragma once

#include "musicxml/written.hpp"

namespace toccata::musicxml::detail {

/// A measure as played.
struct PlayedBar {
  int measure;
  int pass;  ///< from 1
  Tick onset;
  Duration length;
  bool follows;  ///< the measure written before it
};

/// The score's time: its resolution and its measures.
struct Grid {
  Ppq ppq;
  std::vector<PlayedBar> bars;
  Tick end;

  Tick tick(const PlayedBar& bar, Rational at) const { return bar.onset + ppq.nearest(at); }
};

/// 480 ticks where every onset and end lies on one of them, else the least multiple of 480 for
/// which they do, or the least resolution over 480. Errors: TooFine (repaired: rounded), TooLong.
Read<Grid> make_grid(const WrittenScore& score, const std::vector<int>& order, Reading& reading);

}  // namespace toccata::musicxml::detail
