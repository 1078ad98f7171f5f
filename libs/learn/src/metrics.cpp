// SPDX-License-Identifier: MIT
#include <cmath>

#include <toccata/base/assert.hpp>
#include <toccata/learn/metrics.hpp>

namespace toccata::learn {

Metrics measure(std::span<const float> expected, std::span<const double> predicted) {
  TOCCATA_ASSERT(!expected.empty() && expected.size() == predicted.size());
  const auto count = static_cast<double>(expected.size());
  double mean = 0;
  for (const float value : expected) mean += static_cast<double>(value);
  mean /= count;
  double squared = 0, absolute = 0, spread = 0;
  std::size_t under_10 = 0, over_20 = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto value = static_cast<double>(expected[i]);
    const double error = std::abs(predicted[i] - value);
    squared += error * error;
    absolute += error;
    spread += (value - mean) * (value - mean);
    under_10 += error < 10 ? 1 : 0;
    over_20 += error > 20 ? 1 : 0;
  }
  Metrics metrics;
  metrics.r2 = spread > 0 ? 1 - squared / spread : 0;
  metrics.mae = absolute / count;
  metrics.rmse = std::sqrt(squared / count);
  metrics.under_10 = static_cast<double>(under_10) / count;
  metrics.over_20 = static_cast<double>(over_20) / count;
  metrics.from_10_to_20 = static_cast<double>(expected.size() - under_10 - over_20) / count;
  return metrics;
}

}  // namespace toccata::learn
