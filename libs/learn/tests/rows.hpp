// SPDX-License-Identifier: MIT
// Made-up rows with a law in them.
#pragma once

#include <limits>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/learn/table.hpp>

namespace toccata::learn {

struct Rows {
  Table table;
  std::vector<float> targets;
};

/// Features whole numbers below `distinct`; the target depends on the first two, the second when
/// the first is low, and has noise of this deviation.
inline Rows make_rows(std::size_t count, std::size_t features, std::size_t distinct, double noise,
                      std::uint64_t seed) {
  Rng rng(seed);
  std::vector<std::string> names;
  for (std::size_t f = 0; f < features; ++f) names.push_back("f" + std::to_string(f));
  Rows rows{Table(names, count), std::vector<float>(count)};
  for (std::size_t row = 0; row < count; ++row) {
    for (std::size_t f = 0; f < features; ++f)
      rows.table.column(f)[row] = static_cast<float>(rng.below(distinct));
    const float a = rows.table.column(0)[row], b = rows.table.column(features > 1 ? 1 : 0)[row];
    const auto half = static_cast<float>(distinct) / 2;
    rows.targets[row] = a + (a < half ? 2 * b : 0) + static_cast<float>(noise * rng.normal());
  }
  return rows;
}

inline constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

}  // namespace toccata::learn
