// SPDX-License-Identifier: MIT
// What is foretold of a performance, element by element.
#pragma once

#include <vector>

#include <toccata/learn/aligned.hpp>
#include <toccata/perform/expression_model.hpp>

namespace toccata::learn {

/// One number a note, chord or beat, NaN where it was not heard; and the place that stands for it.
struct Series {
  std::vector<float> values;
  std::vector<std::size_t> places;
};

Series series_of(const PlayingOrder& order, const AlignedPerformance& performance, Target target);

}  // namespace toccata::learn
