// SPDX-License-Identifier: MIT
// How far predictions are from what was expected.
#pragma once

#include <span>

namespace toccata::learn {

struct Metrics {
  double r2 = 0;    ///< 1 - squared errors / squared distances from the mean; 0 where those are 0
  double mae = 0;   ///< mean of absolute errors
  double rmse = 0;  ///< root of the mean of squared errors
  /// Shares of the rows by absolute error: under 10, from 10 to 20, over 20. They add up to 1.
  double under_10 = 0, from_10_to_20 = 0, over_20 = 0;
};

/// Range: as many of both, at least one.
Metrics measure(std::span<const float> expected, std::span<const double> predicted);

}  // namespace toccata::learn
