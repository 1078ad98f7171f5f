// SPDX-License-Identifier: MIT
// Trees of few features, laid out for many rows: three levels in one step.
//
// A row is eight codes of 16 bits (trees_bins.hpp), one vector. A stratum is three levels of a tree
// below one node: its seven tests, the root's first, then those of the second level and the third.
// One shuffle picks the codes that the seven look at, one comparison answers all seven, and a table
// has, for the 128 answers, which of the eight nodes below the row comes to. A branch that ends
// early goes left until the last stratum, so that all rows take as many steps.
//
// A tree and its strata of 32 bytes each stay in the nearest cache while many rows pass by.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <toccata/ml/trees.hpp>

#include "trees_bins.hpp"

namespace toccata::ml {

inline constexpr std::size_t kCodes = 8;  ///< in a row
inline constexpr std::size_t kRowsTogether = 16;
/// Strata are numbered in units that a processor multiplies while it computes an address.
inline constexpr std::size_t kUnitsPerStratum = 4;

struct alignas(32) Stratum {
  static constexpr std::size_t kTests = 7;
  /// A code above goes right. The eighth: the first of the strata below, in units within its tree,
  /// or of the values below the last stratum.
  std::array<std::int16_t, 8> thresholds{};
  /// The two bytes of the row that each test looks at. The eighth test's first byte has a bit for
  /// each of the seven that sends a missing number left.
  std::array<std::uint8_t, 16> picks{};
};

/// One tree as the walk takes it: at least one step.
struct StratumTree {
  const Stratum* strata;
  const float* values;
  std::uint32_t steps;
};

/// Adds to each row's sum the value that it comes to. Range: count is a multiple of kRowsTogether;
/// `rows` has kCodes codes a row, kMissing among them only if `has_missing`.
void walk_strata(const StratumTree& tree, const std::int16_t* rows, std::size_t count,
                 bool has_missing, double* sums);

/// The layout of an ensemble.
class Strata {
 public:
  /// None where the ensemble looks at more than kCodes features, has too many different
  /// thresholds for 16 bits, or a tree's strata can't be numbered with 16 bits.
  /// `depths` has each tree's. Cost: O(nodes log nodes).
  static std::optional<Strata> make(const TreeTables& tables,
                                    std::span<const std::uint32_t> depths);

  /// The sums of the leaves of out.size() rows from `first` on, added in the trees' order.
  void add_up(const FeatureView& view, std::size_t first, std::span<double> out) const;

 private:
  struct Root {
    std::size_t stratum, value;
    std::uint32_t steps;
  };
  struct Level;
  bool add_tree(const TreeTables& tables, std::size_t first, std::uint32_t depth);
  Stratum stratum_below(const TreeTables& tables, std::size_t first, std::int64_t node,
                        Level& below) const;

  std::vector<std::size_t> features_;  ///< that are looked at; codes stand in this order
  std::vector<std::size_t> places_;    ///< of each feature among them
  std::vector<Bins> bins_;             ///< of each
  std::vector<Stratum> strata_;
  std::vector<float> values_;
  std::vector<Root> roots_;
};

}  // namespace toccata::ml
