// SPDX-License-Identifier: MIT
// A row's weight and target in one whole number, so that sums over rows are exact and fast.
//
// The low bits count, the bits above sum targets in fixed point. Whole numbers add up to the same
// total in whatever order, so neither threads nor taking one child's histogram from its parent's
// changes a bit of the result; and one addition a row does what would take three.
#pragma once

#include <cstdint>

namespace toccata::learn {

class Packing {
 public:
  /// For rows that weigh `total_weight` together, with targets up to `reach` from `centre`. The
  /// finest unit that cannot overflow is taken: 29 bits for 80,000 rows, 21 for 2 million.
  Packing(std::uint64_t total_weight, double centre, double reach);

  std::int64_t pack(double target, std::uint32_t weight) const {
    const double units = (target - centre_) * per_unit_;
    const auto whole = static_cast<std::int64_t>(units < 0 ? units - 0.5 : units + 0.5);
    return (whole * (std::int64_t{1} << weight_bits_) + 1) * static_cast<std::int64_t>(weight);
  }
  std::int64_t weight(std::int64_t packed) const { return packed & weight_mask_; }
  /// The weighted sum of targets less `centre`, in units.
  std::int64_t sum(std::int64_t packed) const { return packed >> weight_bits_; }
  std::int64_t weight_mask() const { return weight_mask_; }
  double unit() const { return unit_; }
  double centre() const { return centre_; }

 private:
  int weight_bits_;
  std::int64_t weight_mask_;
  double centre_, unit_, per_unit_;
};

}  // namespace toccata::learn
