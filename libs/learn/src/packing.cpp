// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>
#include <cmath>

#include "packing.hpp"

namespace toccata::learn {

Packing::Packing(std::uint64_t total_weight, double centre, double reach)
    : weight_bits_(static_cast<int>(std::bit_width(total_weight))),
      weight_mask_((std::int64_t{1} << weight_bits_) - 1) {
  // A centre on the grid of units keeps whole targets whole. It moves by less than one unit, and
  // rounding adds half a one: 61 bits and a sign leave room for both.
  const int target_bits = std::min(61 - 2 * weight_bits_, 40);
  int exponent = 0;
  std::frexp(std::max(reach, 1e-200), &exponent);
  per_unit_ = std::ldexp(1.0, target_bits - exponent);
  unit_ = std::ldexp(1.0, exponent - target_bits);
  centre_ = std::nearbyint(centre * per_unit_) * unit_;
}

}  // namespace toccata::learn
