// SPDX-License-Identifier: MIT
// What is predicted of a performance, measured in it.
#pragma once

#include <vector>

#include <toccata/learn/aligned.hpp>
#include <toccata/perform/expression_model.hpp>

namespace toccata::learn {

/// One number an element (note, chord or beat, by the target), NaN where it was not heard; and the
/// note of the playing order that stands for each, in rising order.
struct TargetSeries {
  std::vector<float> values;
  std::vector<std::size_t> places;
};

/// Cost: O(n log n).
TargetSeries target_series(const PlayingOrder& order, const AlignedPerformance& performance,
                           Target target);

}  // namespace toccata::learn
