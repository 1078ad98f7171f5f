// SPDX-License-Identifier: MIT
// Moods by name, as points of the plane of valence and arousal.
#pragma once

#include <span>
#include <string_view>

namespace toccata {

/// A mood that can be asked for.
///
/// Source: the circumplex of Russell 1980 for the quadrants; the values are set by hand.
struct Mood {
  std::string_view id;  ///< "joyful"
  double valence;       ///< [-1, 1]: sad ... joyful
  double arousal;       ///< [-1, 1]: calm ... excited

  /// Null where there is none of that id.
  static const Mood* find(std::string_view id);
  static std::span<const Mood> all();
};

}  // namespace toccata
