// SPDX-License-Identifier: MIT
// The order in which a hand breaks chords.
#pragma once

#include <vector>

#include <toccata/base/rng.hpp>

namespace toccata {

/// Tones of a broken chord, counted from the lowest, which comes first and most often begins the
/// other groups: Alberti's bass is 0 2 1 2. No tone comes twice in a row, in triads neither. Range:
/// groups of two steps or more.
std::vector<std::size_t> draw_broken_order(int groups, int steps, Rng& rng);

/// The tone that a step of such an order strikes in a chord of so many: the hand turns at the
/// highest. Range: a tone at least.
std::size_t broken_tone(std::size_t step, std::size_t tones);

}  // namespace toccata
