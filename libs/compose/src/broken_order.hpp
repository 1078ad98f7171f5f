// SPDX-License-Identifier: MIT
// The order in which a hand breaks chords.
#pragma once

#include <vector>

#include <toccata/base/rng.hpp>

namespace toccata {

/// Tones of a broken chord, counted from the lowest, which comes first and most often begins the
/// other groups: Alberti's bass is 0 2 1 2. No tone comes twice in a row. Range: groups of two
/// steps or more.
std::vector<std::size_t> draw_broken_order(int groups, int steps, Rng& rng);

}  // namespace toccata
