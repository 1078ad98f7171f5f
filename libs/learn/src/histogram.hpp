// SPDX-License-Identifier: MIT
// The best split of one node by one feature, from a histogram of its rows.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <toccata/learn/bins.hpp>

#include "packing.hpp"

namespace toccata::learn {

/// The rows of one node: which they are, and their packed weights and targets.
struct NodeRows {
  std::span<const std::uint32_t> rows;
  std::span<const std::int64_t> values;
};

struct NodeSplit {
  double gain = 0;  ///< by how much the weighted sum of squared errors falls; none at 0
  std::size_t feature = 0;
  std::size_t below = 0;  ///< rows in bins up to it go left
  std::size_t above = 0;  ///< the next bin that has rows; bins() when none has
  bool missing_left = false;
  std::int64_t left = 0;  ///< packed
};

struct SplitRules {
  std::uint32_t leaf_weight = 1;  ///< least in each child
  double l2 = 0;
};

/// Looks at the bins of a node from the lowest on and remembers the best place to split.
class SplitSearch {
 public:
  SplitSearch(const Packing& packing, const SplitRules& rules, std::int64_t total,
              std::int64_t missing);
  /// The next bin that has rows.
  void meet(std::size_t bin, std::int64_t entry) {
    if (left_ != 0) {
      consider(left_, bin, false);
      if (missing_ != 0) consider(left_ + missing_, bin, true);
    }
    left_ += entry;
    below_ = bin;
  }
  /// The split's `above` is `bins` where all numbers go left and missing ones right.
  NodeSplit best(std::size_t bins);

 private:
  void consider(std::int64_t left, std::size_t above, bool missing_left) {
    const std::int64_t weight = left & weight_mask_, rest = weight_ - weight;
    if (weight < least_ || rest < least_) return;
    const auto sum = static_cast<double>(left - weight * centre_);
    const double other = sum_ - sum;
    const double left_weight = static_cast<double>(weight) + l2_;
    const double right_weight = static_cast<double>(rest) + l2_;
    // sum^2 / left_weight + other^2 / right_weight, compared without dividing
    const double score = sum * sum * right_weight + other * other * left_weight;
    const double over = left_weight * right_weight;
    if (!(score > score_ * over)) return;
    score_ = score / over;
    found_ = {1, 0, below_, above, missing_left, left};
  }

  // Sums stay where they are packed, above the weight's bits: taking weight * centre_ from one
  // leaves the sum of the targets less the centre, and no weight. Its bits, without the empty ones,
  // are fewer than a double has, so that it stays exact.
  std::int64_t missing_, weight_mask_, weight_, least_, centre_, left_ = 0;
  double l2_, scale_, sum_, whole_score_, score_;
  std::size_t below_ = 0;
  NodeSplit found_;
};

/// Adds a node's rows to a histogram: an entry a bin, and one for missing numbers behind them.
void add_rows(const BinnedFeature& feature, const NodeRows& node, std::span<std::int64_t> entries);

/// The best split by a histogram. Cost: O(bins).
NodeSplit search(const BinnedFeature& feature, std::span<const std::int64_t> entries,
                 const Packing& packing, const SplitRules& rules, std::int64_t total);

/// Finds splits of small nodes: bins without rows cost nothing, for marks tell which have some.
class SparseHistogram {
 public:
  /// Cost: O(rows).
  NodeSplit search(const BinnedFeature& feature, const NodeRows& node, const Packing& packing,
                   const SplitRules& rules, std::int64_t total);

 private:
  template <class Code>
  void add(std::span<const Code> codes, const NodeRows& node);

  static constexpr std::size_t kWords = BinnedTable::kMostBins / 64 + 1;
  std::vector<std::int64_t> entries_ = std::vector<std::int64_t>(BinnedTable::kMostBins + 1);
  std::array<std::uint64_t, kWords> marks_{};  ///< a bit a bin
};

}  // namespace toccata::learn
