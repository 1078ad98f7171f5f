// SPDX-License-Identifier: MIT
// Random forests and single regression trees.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <toccata/base/result.hpp>
#include <toccata/base/rng.hpp>
#include <toccata/learn/bins.hpp>
#include <toccata/learn/fitting.hpp>
#include <toccata/ml/trees.hpp>

namespace toccata::learn {

inline constexpr int kDeepestTree = 64;

struct TreeOptions {
  int depth = 12;               ///< splits on the longest way; 1 to kDeepestTree
  std::uint32_t leaf_rows = 1;  ///< least in a leaf, a row drawn twice counting twice; at least 1
  double feature_share = 1;     ///< of the features looked at for each split; (0, 1]
};

enum class Bootstrap : std::uint8_t {
  WithReplacement,  ///< each tree learns from as many rows as there are, drawn anew
  None              ///< each tree learns from all rows
};
enum class OutOfBag : std::uint8_t { Skip, Measure };

struct ForestOptions {
  TreeOptions tree;
  std::size_t trees = 50;  ///< at least 1
  Bootstrap bootstrap = Bootstrap::WithReplacement;
  OutOfBag out_of_bag = OutOfBag::Skip;
};

struct FittedTrees {
  ml::Trees model;
  /// Each feature's share in what splits gain; they add up to 1, or are all 0 where nothing is
  /// split.
  std::vector<double> importances;
  /// How well rows are predicted by those trees that did not learn from them; none if not asked
  /// for or if there is no such row.
  std::optional<double> out_of_bag_r2;
};

/// One tree that minimises squared errors greedily.
///
/// Errors: see FitError.
/// Cost:   O(rows * features * depth).
/// Source: Breiman, Friedman, Olshen and Stone 1984, CART, without pruning.
Result<FittedTrees, FitError> fit_tree(const BinnedTable& table, std::span<const float> targets,
                                       const TreeOptions& options, const Rng& rng,
                                       const Running& running = {});

/// The mean of trees, each grown on its own draw of the rows. The same table, targets, options and
/// seed give the same forest whatever the number of threads.
///
/// Errors: see FitError.
/// Cost:   O(trees * rows * features * depth); 12 bytes a row and thread beside the table.
/// Source: Breiman 2001, "Random forests".
Result<FittedTrees, FitError> fit_forest(const BinnedTable& table, std::span<const float> targets,
                                         const ForestOptions& options, const Rng& rng,
                                         const Running& running = {});

}  // namespace toccata::learn
