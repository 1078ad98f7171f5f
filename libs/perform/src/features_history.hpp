// SPDX-License-Identifier: MIT
// What a note is told of how the notes before it were played.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <toccata/perform/playing_order.hpp>

namespace toccata {

/// Names of the numbers of history_features.
const std::vector<std::string>& history_names();

/// What the note after some is told of them: `values` of the places before its own, NaN where a
/// note was not played, and the mean of those that were. Range: fewer values than notes; `out` has
/// room for all.
/// Cost: O(1).
void history_features(const PlayingOrder& order, std::span<const float> values, double mean,
                      std::span<float> out);

}  // namespace toccata
