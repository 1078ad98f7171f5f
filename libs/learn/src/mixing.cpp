// SPDX-License-Identifier: MIT
#include <toccata/learn/mixing.hpp>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <vector>

#include <toccata/base/assert.hpp>

namespace toccata::learn {
namespace {

constexpr double kEqual = 0.5, kDeviation = 0.25;

/// Of rows: how far going from one learner to the other leads to what was heard, and how far it
/// goes. Their quotient is the best share.
struct Steps {
  double products = 0, squares = 0;
  void add(const Steps& more) {
    products += more.products;
    squares += more.squares;
  }
  double share() const { return products / squares; }
};

/// The variance of a share, by leaving out each composition. Range: two at least, all with steps.
double variance_of(const std::map<std::uint32_t, Steps>& compositions) {
  std::vector<double> without;
  for (const auto& [left_out, unused] : compositions) {
    Steps rest;  // added up anew: what is left after the greatest would drown in a difference
    for (const auto& [number, steps] : compositions)
      if (number != left_out) rest.add(steps);
    without.push_back(rest.share());
  }
  const auto count = static_cast<double>(without.size());
  const double mean = std::accumulate(without.begin(), without.end(), 0.0) / count;
  double squares = 0;
  for (const double share : without) squares += (share - mean) * (share - mean);
  return squares * (count - 1) / count;
}

}  // namespace

double mixing_share(const Foretold& one, const Foretold& other) {
  TOCCATA_ASSERT(one.predicted.size() == other.predicted.size());
  TOCCATA_ASSERT(one.predicted.size() == one.rows.targets.size());
  std::map<std::uint32_t, Steps> compositions;
  for (std::size_t row = 0; row < one.predicted.size(); ++row) {
    const double step = other.predicted[row] - one.predicted[row];
    const double product = step * (one.rows.targets[row] - one.predicted[row]);
    compositions[one.rows.composition[row]].add({product, step * step});
  }
  std::erase_if(compositions, [](const auto& entry) { return !(entry.second.squares > 0); });
  Steps all;
  for (const auto& [number, steps] : compositions) all.add(steps);
  if (compositions.empty() || !std::isfinite(all.share())) return 0;
  if (compositions.size() == 1) return kEqual;
  const double variance = variance_of(compositions), prior = kDeviation * kDeviation;
  const double share = (all.share() * prior + kEqual * variance) / (prior + variance);
  return std::isfinite(share) ? std::clamp(share, 0.0, 1.0) : kEqual;
}

}  // namespace toccata::learn
