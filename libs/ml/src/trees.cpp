// SPDX-License-Identifier: MIT
// Tables of trees: checked entry by entry, packed for predicting, read and written.
#include <algorithm>
#include <array>
#include <cmath>
#include <initializer_list>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include <toccata/ml/trees.hpp>

#include "trees_walk.hpp"

namespace toccata::ml {
namespace {

Unexpected<TensorError> refuse(const char* table, std::string found, std::string allowed) {
  return Unexpected{TensorError{table, std::move(found), std::move(allowed)}};
}

/// One node as a file or a table has it.
struct Node {
  std::int32_t feature;
  float threshold;
  std::uint32_t left;
  std::uint8_t missing_left;
};

/// Where a node's feature stands, and its mark for missing numbers, as an error names them.
struct TableNames {
  const char* feature;
  const char* missing_left;
};

struct TableNodes {
  static constexpr TableNames kNames{"feature", "missing_left"};
  const TreeTables& tables;
  Node operator[](std::size_t at) const {
    return {tables.feature[at], tables.threshold[at], tables.left[at], tables.missing_left[at]};
  }
};

/// Added to the feature of a node where a missing number goes left.
constexpr std::int16_t kMissingLeft = 1 << 14;
static_assert(kMostFeatures <= kMissingLeft);

/// The tensors of a file; Child is the type that its children fit in.
template <class Child>
struct StoredNodes {
  static constexpr TableNames kNames{"split", "split"};
  Elements<std::int16_t> split;
  Elements<float> threshold;
  Elements<Child> left;
  Node operator[](std::size_t at) const {
    const std::int32_t feature = split[at];
    const bool missing_left = feature >= kMissingLeft;
    return {missing_left ? feature - kMissingLeft : feature, threshold[at], left[at],
            static_cast<std::uint8_t>(missing_left ? 1 : 0)};
  }
};

/// Which node of which tree.
struct Whereabouts {
  std::size_t features;
  std::size_t tree, node, nodes;  ///< the tree's nodes
};

/// What refuse_node tells, without saying what is wrong: models are checked at every start.
bool is_sound(const Node& node, const Whereabouts& place) {
  if (!std::isfinite(node.threshold)) return false;
  if (node.feature == kLeaf) return node.left == 0 && node.missing_left == 0;
  return node.feature >= 0 && static_cast<std::size_t>(node.feature) < place.features &&
         node.left > place.node && std::size_t{node.left} + 1 < place.nodes &&
         node.missing_left <= 1;
}

/// What is wrong with an unsound node.
Unexpected<TensorError> refuse_node(const Node& node, const Whereabouts& place,
                                    const TableNames& names) {
  const bool is_leaf = node.feature == kLeaf;
  const auto said = [&](std::string_view what, auto value) {
    return fmt::format("{} {} in node {} of tree {}", what, value, place.node, place.tree);
  };
  if (!is_leaf && (node.feature < 0 || static_cast<std::size_t>(node.feature) >= place.features))
    return refuse(names.feature, said("feature", node.feature),
                  fmt::format("{} or 0 to {}", kLeaf, place.features - 1));
  if (!std::isfinite(node.threshold))
    return refuse("threshold", said("number", node.threshold), "a finite number");
  if (node.missing_left > (is_leaf ? 0 : 1))
    return refuse(names.missing_left, said("mark", node.missing_left),
                  is_leaf ? "0 in a leaf" : "0 or 1");
  return refuse("left", said("child", node.left),
                is_leaf ? "0 in a leaf"
                        : fmt::format("a node behind it, of which there are {}", place.nodes));
}

constexpr std::array<std::size_t, 1> kAny{kAnySize};

/// The single tensor that a fault is about, with its prefix.
TensorError prefixed(TensorError error, std::string_view prefix) {
  error.name.insert(0, prefix);
  return error;
}

}  // namespace

/// Checks an ensemble's nodes and packs them in one pass.
struct Trees::Builder {
  static constexpr std::size_t kUnknown = 2 * kMostFeatures;

  Trees trees;
  std::vector<std::size_t> places;    ///< of the slots, by feature and side
  std::vector<std::uint32_t> depths;  ///< of one tree's nodes; 0: no parent so far

  std::size_t place_of(const Node& node) {
    const auto feature = static_cast<std::uint32_t>(node.feature);
    std::size_t& place = places[2 * feature + node.missing_left];
    if (place == kUnknown) {
      place = trees.slots_.size();
      trees.slots_.push_back({feature, node.missing_left != 0});
    }
    return place;
  }

  /// That all nodes are reached, each once; children stand behind their parents, so that one pass
  /// is enough and no path is endless.
  template <class Nodes>
  Result<void, TensorError> add_tree(const Nodes& nodes, std::size_t first, std::size_t count) {
    const std::size_t tree = trees.roots_.size();
    std::int64_t* const packed = trees.nodes_.data() + first;
    std::uint32_t deepest = 0;
    depths.assign(count, 0);
    for (std::size_t i = 0; i < count; ++i) {
      const Node node = nodes[first + i];
      const Whereabouts place{trees.features_, tree, i, count};
      if (!is_sound(node, place)) return refuse_node(node, place, Nodes::kNames);
      const std::uint32_t depth = depths[i];
      if (i != 0 && depth == 0)
        return refuse("left", fmt::format("node {} of tree {} without a parent", i, tree),
                      "one parent for each but the root");
      if (node.feature == kLeaf) {
        deepest = std::max(deepest, depth);
        packed[i] = leaf_node(i);
        trees.values_[first + i] = node.threshold;
        continue;
      }
      std::uint32_t* const children = depths.data() + node.left;
      if (children[0] != 0 || children[1] != 0)
        return refuse("left",
                      fmt::format("node {} of tree {} with two parents",
                                  node.left + (children[0] != 0 ? 0 : 1), tree),
                      "one parent for each but the root");
      children[0] = children[1] = depth + 1;
      packed[i] = split_node(node.threshold, place_of(node), node.left);
    }
    trees.roots_.push_back({static_cast<std::uint32_t>(first), deepest});
    return {};
  }

  /// Range: `tree_nodes` has as many items as there are trees. `sizes`: tables and their entries.
  template <class Nodes>
  Result<Trees, TensorError> build(
      const Nodes& nodes, const auto& tree_nodes,
      std::initializer_list<std::pair<const char*, std::size_t>> sizes) {
    if (trees.features_ < 1 || trees.features_ > kMostFeatures)
      return refuse("features", fmt::format("{}", trees.features_),
                    fmt::format("1 to {}", kMostFeatures));
    if (!std::isfinite(trees.base_) || !std::isfinite(trees.scale_))
      return refuse("scale", fmt::format("{}, {}", trees.base_, trees.scale_),
                    "two finite numbers");
    std::uint64_t count = 0;
    for (std::size_t tree = 0; tree < tree_nodes.size(); ++tree) {
      if (tree_nodes[tree] < 1 || tree_nodes[tree] > kMostTreeNodes)
        return refuse("tree_nodes", fmt::format("tree {} of {} nodes", tree, tree_nodes[tree]),
                      fmt::format("1 to {}", kMostTreeNodes));
      count += tree_nodes[tree];
    }
    if (count > std::numeric_limits<std::uint32_t>::max())
      return refuse("tree_nodes", fmt::format("{} nodes", count), "less than 4,294,967,296");
    for (const auto& [name, size] : sizes)
      if (size != count)
        return refuse(name, fmt::format("{} nodes", size), fmt::format("{} in all trees", count));
    trees.nodes_.resize(count);
    trees.values_.resize(count);
    places.assign(2 * trees.features_, kUnknown);
    std::size_t first = 0;
    for (std::size_t tree = 0; tree < tree_nodes.size(); ++tree) {
      TOCCATA_CHECK(add_tree(nodes, first, tree_nodes[tree]));
      first += tree_nodes[tree];
    }
    trees.many_ = none_yet();
    return std::move(trees);
  }
};

Result<Trees, TensorError> Trees::from_tables(const TreeTables& tables) {
  Builder builder;
  builder.trees.features_ = tables.features;
  builder.trees.base_ = tables.base;
  builder.trees.scale_ = tables.scale;
  return builder.build(TableNodes{tables}, tables.tree_nodes,
                       {{"feature", tables.feature.size()},
                        {"threshold", tables.threshold.size()},
                        {"left", tables.left.size()},
                        {"missing_left", tables.missing_left.size()}});
}

Result<Trees, TensorError> Trees::load(const Weights& weights, std::string_view prefix) {
  const auto name = [&](const char* part) { return std::string(prefix) + part; };
  constexpr std::array<std::size_t, 1> kOne{1}, kTwo{2};
  TOCCATA_TRY(const auto scale, weights.elements<double>(name("scale"), kTwo));
  TOCCATA_TRY(const auto features, weights.elements<std::uint32_t>(name("features"), kOne));
  TOCCATA_TRY(const auto tree_nodes, weights.elements<std::uint32_t>(name("tree_nodes"), kAny));
  TOCCATA_TRY(const auto split, weights.elements<std::int16_t>(name("split"), kAny));
  TOCCATA_TRY(const auto threshold, weights.elements<float>(name("threshold"), kAny));
  Builder builder;
  builder.trees.base_ = scale[0];
  builder.trees.scale_ = scale[1];
  builder.trees.features_ = features[0];
  const auto build = [&]<class Child>(Child /*few or many bits*/) -> Result<Trees, TensorError> {
    TOCCATA_TRY(const auto left, weights.elements<Child>(name("left"), kAny));
    auto trees = builder.build(
        StoredNodes<Child>{split, threshold, left}, tree_nodes,
        {{"split", split.size()}, {"threshold", threshold.size()}, {"left", left.size()}});
    if (!trees) return Unexpected{prefixed(std::move(trees).error(), prefix)};
    return trees;
  };
  const Tensor* children = weights.find(name("left"));
  const bool is_small = children != nullptr && children->element == Element::U16;
  return is_small ? build(std::uint16_t{}) : build(std::uint32_t{});
}

TreeTables Trees::tables() const {
  TreeTables tables;
  tables.features = features_;
  tables.base = base_;
  tables.scale = scale_;
  for (std::size_t tree = 0; tree < roots_.size(); ++tree) {
    const std::size_t end = tree + 1 < roots_.size() ? roots_[tree + 1].first : nodes_.size();
    tables.tree_nodes.push_back(static_cast<std::uint32_t>(end - roots_[tree].first));
  }
  for (std::size_t at = 0; at < nodes_.size(); ++at) {
    const std::int64_t node = nodes_[at];
    const bool leaf = is_leaf(node);
    const Slot* slot = leaf ? nullptr : &slots_[slot_in(node)];
    tables.feature.push_back(leaf ? kLeaf : static_cast<std::int32_t>(slot->feature));
    tables.threshold.push_back(leaf ? values_[at] : value_of(node));
    tables.left.push_back(leaf ? 0 : static_cast<std::uint32_t>(offset_in(node)));
    tables.missing_left.push_back(!leaf && slot->missing_left ? 1 : 0);
  }
  return tables;
}

void Trees::save(Weights& weights, std::string_view prefix) const {
  const auto add = [&]<class T>(const char* part, std::span<const T> values) {
    weights.tensors.push_back(make_tensor<T>(std::string(prefix) + part, {values.size()}, values));
  };
  const TreeTables tables = this->tables();
  const std::array<double, 2> scale{tables.base, tables.scale};
  const std::array<std::uint32_t, 1> count{static_cast<std::uint32_t>(tables.features)};
  add("scale", std::span<const double>(scale));
  add("features", std::span<const std::uint32_t>(count));
  add("tree_nodes", std::span<const std::uint32_t>(tables.tree_nodes));
  std::vector<std::int16_t> splits;
  for (std::size_t node = 0; node < tables.feature.size(); ++node)
    splits.push_back(static_cast<std::int16_t>(
        tables.feature[node] + (tables.missing_left[node] != 0 ? kMissingLeft : 0)));
  add("split", std::span<const std::int16_t>(splits));
  add("threshold", std::span<const float>(tables.threshold));
  const bool is_small = std::ranges::all_of(tables.left, [](std::uint32_t child) {
    return child <= std::numeric_limits<std::uint16_t>::max();
  });
  if (is_small) {
    const std::vector<std::uint16_t> left(tables.left.begin(), tables.left.end());
    add("left", std::span<const std::uint16_t>(left));
  } else {
    add("left", std::span<const std::uint32_t>(tables.left));
  }
}

}  // namespace toccata::ml
