// SPDX-License-Identifier: MIT
// The same music in two editions.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <toccata/perform/playing_order.hpp>

namespace toccata::learn {

/// Where the notes of a score stand in another edition of it.
struct ScoreMatch {
  /// From some point of the one on, how much later the other is. Units: quarters.
  struct Shift {
    double from, by;
  };
  std::vector<std::optional<std::size_t>> places;  ///< of each note of the one, in the other
  std::size_t found = 0;                           ///< of them
  std::vector<Shift> shifts;                       ///< in order

  /// A point of the one in the other. Units: quarters.
  double moved(double quarter) const;
};

/// Notes are the same by pitch and, to 1/48 quarter, by onset. Where a note is not found, and of
/// the next 32 at least eight more are if all stand earlier or later, the two have moved apart: a
/// cadenza is counted otherwise, a repeat's last bar is filled up.
/// Cost: O(n log n), and for a note that is not found up to a thousand shifts of 32 notes.
ScoreMatch match_scores(const PlayingOrder& from, const PlayingOrder& to);

}  // namespace toccata::learn
