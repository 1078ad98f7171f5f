// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include <toccata/analysis/statistics.hpp>
#include <toccata/base/assert.hpp>
#include <toccata/base/rng.hpp>

namespace toccata {

std::optional<double> mean_of(std::span<const double> values) {
  if (values.empty()) return std::nullopt;
  double sum = 0;
  for (double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

Distribution::Distribution(std::vector<double> values) : sorted_(std::move(values)) {
  std::ranges::sort(sorted_);
}

double Distribution::quantile(double share) const {
  TOCCATA_ASSERT(!sorted_.empty() && share >= 0 && share <= 1);
  const double at = share * static_cast<double>(sorted_.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted_.size() - 1);
  return sorted_[below] + (at - static_cast<double>(below)) * (sorted_[above] - sorted_[below]);
}

double Distribution::mean() const {
  TOCCATA_ASSERT(!sorted_.empty());
  return *mean_of(sorted_);
}

double Distribution::rank_of(double value) const {
  if (sorted_.empty()) return 0;
  const auto first = std::ranges::lower_bound(sorted_, value);
  const auto last = std::ranges::upper_bound(sorted_, value);
  const auto below = static_cast<double>(first - sorted_.begin());
  return (below + static_cast<double>(last - first) / 2) / static_cast<double>(sorted_.size());
}

std::size_t Distribution::count_above(double value) const {
  return static_cast<std::size_t>(sorted_.end() - std::ranges::upper_bound(sorted_, value));
}

PairedTest test_paired(std::span<const double> differences, std::uint64_t seed, int flips) {
  const auto mean = mean_of(differences);
  if (!mean) return {};
  PairedTest test{differences.size(), *mean, 0, 1};
  const auto count = static_cast<double>(differences.size());
  double squares = 0, size = 0;
  for (double difference : differences) {
    squares += (difference - *mean) * (difference - *mean);
    size += std::abs(difference);
  }
  if (differences.size() > 1 && squares > 0)
    test.t = *mean / std::sqrt(squares / (count - 1) / count);
  Rng rng(seed);
  int as_far = 0;
  for (int i = 0; i < flips; ++i) {
    double sum = 0;
    std::uint64_t signs = 0;
    for (std::size_t j = 0; j < differences.size(); ++j) {
      if (j % 64 == 0) signs = rng.next();
      sum += (signs >> (j % 64) & 1) != 0 ? differences[j] : -differences[j];
    }
    // Sums of the same figures in another order may differ in their last bits.
    as_far += std::abs(sum) >= std::abs(*mean) * count - 1e-12 * size ? 1 : 0;
  }
  test.p = (as_far + 1.0) / (flips + 1.0);
  return test;
}

}  // namespace toccata
