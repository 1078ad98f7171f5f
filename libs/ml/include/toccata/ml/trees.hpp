// SPDX-License-Identifier: MIT
// Ensembles of regression trees: predicting one row or many, and the tensors they are kept in.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/result.hpp>
#include <toccata/ml/weights.hpp>

namespace toccata::ml {

/// The numbers of an ensemble, tree after tree, one entry a node. A tree begins with its root;
/// children lie next to each other, behind their parent.
struct TreeTables {
  std::size_t features = 0;                ///< numbers in a row; up to kMostFeatures
  double base = 0, scale = 1;              ///< a prediction is base + scale * the sum of the leaves
  std::vector<std::uint32_t> tree_nodes;   ///< nodes of each tree; up to kMostTreeNodes
  std::vector<std::int32_t> feature;       ///< what a split looks at; kLeaf in a leaf
  std::vector<float> threshold;            ///< up to it a row goes left; in a leaf, its value
  std::vector<std::uint32_t> left;         ///< left child, counted from the root; 0 in a leaf
  std::vector<std::uint8_t> missing_left;  ///< 1: a row without a number (NaN) goes left

  friend bool operator==(const TreeTables&, const TreeTables&) = default;
};
inline constexpr std::int32_t kLeaf = -1;
inline constexpr std::size_t kMostFeatures = 1024, kMostTreeNodes = std::size_t{1} << 20;

/// Rows of features wherever they lie: feature f of row r is values[r * row_step + f *
/// feature_step]. NaN stands for a missing number.
struct FeatureView {
  std::span<const float> values;
  std::size_t rows = 0;
  std::size_t row_step = 0, feature_step = 1;
};

class Strata;

/// A checked ensemble, laid out for speed. Predictions are the same to the last bit however rows
/// are batched and whatever the number of threads: each row's leaves are added in the trees' order.
class Trees {
 public:
  /// Errors: the table and entry that is wrong, as a tensor of that name: a child outside its tree,
  /// before its parent or with two parents, a feature that is not there, a number not finite ...
  static Result<Trees, TensorError> from_tables(const TreeTables& tables);
  /// Reads the tensors PREFIXscale, PREFIXfeatures ... (docs/formats/trees.md).
  /// Errors: see from_tables. Cost: O(nodes).
  static Result<Trees, TensorError> load(const Weights& weights, std::string_view prefix);
  /// Adds the tensors that load() reads.
  void save(Weights& weights, std::string_view prefix) const;

  /// The prediction for one row. Range: row.size() is features().
  /// Cost: O(trees * depth), about a microsecond for 50 trees of depth 12. Threads: any number.
  double predict(std::span<const float> row) const;
  /// The prediction if all trees said what this one does. Range: tree < trees().
  double predict_as(std::size_t tree, std::span<const float> row) const;
  /// The predictions for many rows. Range: threads at least 1; the view holds features() a row.
  std::vector<double> predict(const FeatureView& rows, unsigned threads) const;

  std::size_t features() const { return features_; }
  std::size_t trees() const { return roots_.size(); }
  /// What from_tables would make this of; a threshold of -0 stands as 0. Cost: O(nodes).
  TreeTables tables() const;

 private:
  struct Root {
    std::uint32_t first, depth;
  };
  struct Builder;
  struct Many;
  static std::shared_ptr<Many> none_yet();
  std::size_t rows_in_group() const;
  void add_up(const FeatureView& view, std::size_t first, std::span<double> out,
              std::vector<std::int64_t>& slots) const;
  const Strata* strata_for(std::size_t rows) const;

  /// What a split can ask of a row: a feature, and on which side it is where it is missing.
  struct Slot {
    std::uint32_t feature;
    bool missing_left;
  };

  std::size_t features_ = 0;
  double base_ = 0, scale_ = 1;
  std::vector<Slot> slots_;          ///< those that any split asks; nodes name them by their place
  std::vector<std::int64_t> nodes_;  ///< what a step down needs; see src/trees_walk.hpp
  std::vector<float> values_;        ///< of each node; 0 where it is no leaf
  std::vector<Root> roots_;
  std::shared_ptr<Many> many_;  ///< what many rows go through; made when there are as many
};

}  // namespace toccata::ml
