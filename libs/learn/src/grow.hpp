// SPDX-License-Identifier: MIT
// Growing one regression tree on binned rows: what forests and boosting are made of.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/learn/bins.hpp>
#include <toccata/ml/trees.hpp>

#include "histogram.hpp"
#include "packing.hpp"
#include "workers.hpp"

namespace toccata::learn {

/// The rows a tree is grown on. Growing orders them by leaf.
struct Sample {
  std::vector<std::uint32_t> rows;   ///< rising
  std::vector<std::int64_t> values;  ///< packed weight and target of each
};

/// Whether the rows of each leaf are asked for; without them the last parting is spared.
enum class LeafRows : std::uint8_t { Unknown, Known };

struct GrowRules {
  int depth = 12;          ///< splits on the longest way
  std::size_t leaves = 0;  ///< at most so many, best splits first; 0 for any number, level by level
  double feature_share = 1;  ///< of the features, drawn anew for each node
  LeafRows leaf_rows = LeafRows::Known;
  SplitRules split;
};

struct GrownNode {
  std::int32_t feature = ml::kLeaf;
  std::uint32_t below = 0;  ///< rows in bins up to it go left
  bool missing_left = false;
  float threshold = 0;
  std::uint32_t left = 0;            ///< of the children, which are neighbours
  std::uint32_t begin = 0, end = 0;  ///< its rows within the sample
  std::int64_t total = 0;            ///< packed
  double gain = 0;
};

class Grower {
 public:
  /// Borrows table and workers.
  Grower(const BinnedTable& table, const GrowRules& rules, Workers& workers);

  /// A tree, its nodes in the order they were split. It depends on the arguments alone, not on the
  /// number of workers. Range: `features` rising; the sample not empty.
  std::vector<GrownNode> grow(Sample& sample, const Packing& packing,
                              std::span<const std::size_t> features, const Rng& rng);

 private:
  using Histogram = std::unique_ptr<std::int64_t[]>;
  /// A node that may still be split.
  struct Open {
    std::uint32_t node = 0;
    int depth = 0;
    NodeSplit split;
    Histogram histogram;  ///< null where none is kept
  };
  /// Two children to be searched, or the root alone. With histograms, that of the smaller is made
  /// of its rows, and the larger's, which has been the parent's, is what remains.
  struct Pair {
    std::vector<Open> nodes;  ///< the smaller first
  };
  using Splits = std::array<NodeSplit, 2>;  ///< of a pair's nodes

  std::vector<Open> take(std::vector<Open>& open) const;
  std::vector<Pair> split(std::vector<Open> chosen);
  void part(const Open& open);
  Pair make_pair(Open parent);
  void find_splits(std::vector<Pair>& pairs);
  void search_whole(Pair& pair, std::size_t worker);
  Splits search_pair(const Pair& pair, std::size_t feature, std::size_t worker);
  NodeSplit search_rows(const Open& open, std::size_t feature, std::size_t worker);
  static void take_better(Pair& pair, const Splits& found);
  std::vector<std::size_t> drawn_features(std::uint32_t node) const;
  bool worth_searching(const GrownNode& node, int depth) const;
  NodeRows rows_of(const GrownNode& node) const;
  Histogram new_histogram();
  void keep(Histogram histogram);

  const BinnedTable& table_;
  GrowRules rules_;
  Workers& workers_;
  std::vector<std::size_t> offsets_;     ///< of each feature's entries within a histogram
  std::vector<SparseHistogram> sparse_;  ///< one a worker
  std::vector<Histogram> spare_;

  // of the tree that is being grown
  Sample* sample_ = nullptr;
  const Packing* packing_ = nullptr;
  const Rng* rng_ = nullptr;
  std::span<const std::size_t> features_;
  Sample right_;                ///< rows on their way to the right
  std::size_t dense_rows_ = 0;  ///< from so many rows on a node keeps a histogram
  std::vector<GrownNode> nodes_;
};

/// The leaf that a row of the table reaches.
const GrownNode& leaf_of(std::span<const GrownNode> tree, const BinnedTable& table,
                         std::size_t row);
/// Adds a tree to an ensemble's tables; `leaf_value` is given each leaf.
void append(ml::TreeTables& tables, std::span<const GrownNode> tree,
            std::span<const float> leaf_values);

}  // namespace toccata::learn
