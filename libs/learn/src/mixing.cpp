// SPDX-License-Identifier: MIT
#include <toccata/learn/mixing.hpp>

#include <algorithm>
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
  Steps operator-(const Steps& less) const {
    return {products - less.products, squares - less.squares};
  }
  double share() const { return products / squares; }
};

/// The variance of a share, by leaving out each composition. Range: two at least, all with steps.
double variance_of(const Steps& all, const std::map<std::uint32_t, Steps>& compositions) {
  std::vector<double> without;
  for (const auto& [number, steps] : compositions) without.push_back((all - steps).share());
  const auto count = static_cast<double>(without.size());
  const double mean = std::accumulate(without.begin(), without.end(), 0.0) / count;
  double squares = 0;
  for (const double share : without) squares += (share - mean) * (share - mean);
  return squares * (count - 1) / count;
}

}  // namespace

double mixing_share(const Foretold& one, const Foretold& other) {
  TOCCATA_ASSERT(one.predicted.size() == other.predicted.size());
  std::map<std::uint32_t, Steps> compositions;
  Steps all;
  for (std::size_t row = 0; row < one.predicted.size(); ++row) {
    const double step = other.predicted[row] - one.predicted[row];
    const double product = step * (one.rows.targets[row] - one.predicted[row]);
    for (Steps* steps : {&all, &compositions[one.rows.composition[row]]}) {
      steps->products += product;
      steps->squares += step * step;
    }
  }
  std::erase_if(compositions, [](const auto& entry) { return entry.second.squares <= 0; });
  if (compositions.empty()) return 0;
  if (compositions.size() == 1) return kEqual;
  const double variance = variance_of(all, compositions), prior = kDeviation * kDeviation;
  const double share = (all.share() * prior + kEqual * variance) / (prior + variance);
  return std::clamp(share, 0.0, 1.0);
}

}  // namespace toccata::learn
