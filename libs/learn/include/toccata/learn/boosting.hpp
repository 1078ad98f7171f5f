// SPDX-License-Identifier: MIT
// Gradient boosting of regression trees for squared errors.
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

struct BoostingOptions {
  std::size_t trees = 100;     ///< at least 1
  double learning_rate = 0.1;  ///< (0, 1]
  int depth = 6;               ///< splits on the longest way; 1 to 64
  /// Of a tree at most; the best split is made first. 0: any number, level by level; or from 2 on.
  std::size_t leaves = 0;
  std::uint32_t leaf_rows = 1;  ///< least in a leaf
  double l2 = 0;                ///< pulls leaves towards 0, as so many rows of residual 0 would
  double row_share = 1;         ///< of the rows drawn for each tree, without replacement; (0, 1]
  double feature_share = 1;     ///< of the features drawn for each tree; (0, 1]
  /// With rows to validate on: stop when so many trees in a row have not brought the error under
  /// its least, and keep the trees up to that one. 0: never stop.
  std::size_t patience = 0;
};

/// Rows that are never learned from; borrowed.
struct Validation {
  const Table& table;
  std::span<const float> targets;
};

struct BoostedTrees {
  ml::Trees model;
  /// Each feature's share in what splits gain; they add up to 1, or are all 0 where nothing is
  /// split.
  std::vector<double> importances;
  /// Root of the mean squared error after each tree that was grown; empty without validation.
  std::vector<double> validation_rmse;
};

/// Trees each of which is fitted to what those before it have left over. Missing numbers go to the
/// side that gains more. The same input gives the same trees whatever the number of threads.
///
/// Errors: see FitError; a validation table with other features is a Mismatch.
/// Cost:   O(trees * rows * features * depth), about half of it spared by taking a child's
///         histogram from its parent's; 8 + 8 + 12 bytes a row beside the table.
/// Source: Friedman 2001 (boosting), 2002 (subsampling); Chen and Guestrin 2016 (regularised gain,
///         direction of missing numbers); Ke and others 2017 (histograms, best leaf first).
Result<BoostedTrees, FitError> fit_boosting(const BinnedTable& table,
                                            std::span<const float> targets,
                                            const BoostingOptions& options, const Rng& rng,
                                            const std::optional<Validation>& validation = {},
                                            const Running& running = {});

}  // namespace toccata::learn
