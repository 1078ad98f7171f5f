// SPDX-License-Identifier: MIT
// The sustaining pedal of a performance.
#pragma once

#include <vector>

#include <toccata/learn/aligned.hpp>

namespace toccata::learn {

inline constexpr int kSustainController = 64;
inline constexpr int kPedalDown = 64;  ///< from this value on the dampers are off (MIDI 1.0)

/// Share of a stretch of seconds with the pedal down; NaN where it is empty. Range: changes in
/// order of time.
double share_down(const std::vector<PedalChange>& pedal, double from, double to);

}  // namespace toccata::learn
