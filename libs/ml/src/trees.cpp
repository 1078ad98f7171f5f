// SPDX-License-Identifier: MIT
// Tables of trees: checked entry by entry, packed for predicting, read and written.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include <toccata/ml/trees.hpp>

namespace toccata::ml {
namespace {

Unexpected<TensorError> refuse(const char* table, std::string found, std::string allowed) {
  return Unexpected{TensorError{table, std::move(found), std::move(allowed)}};
}

Result<void, TensorError> check_shape(const TreeTables& tables) {
  if (tables.features < 1 || tables.features > kMostFeatures)
    return refuse("features", fmt::format("{}", tables.features),
                  fmt::format("1 to {}", kMostFeatures));
  if (!std::isfinite(tables.base) || !std::isfinite(tables.scale))
    return refuse("scale", fmt::format("{}, {}", tables.base, tables.scale), "two finite numbers");
  std::size_t nodes = 0;
  for (std::size_t tree = 0; tree < tables.tree_nodes.size(); ++tree) {
    if (tables.tree_nodes[tree] < 1 || tables.tree_nodes[tree] > kMostTreeNodes)
      return refuse("tree_nodes", fmt::format("tree {} of {} nodes", tree, tables.tree_nodes[tree]),
                    fmt::format("1 to {}", kMostTreeNodes));
    nodes += tables.tree_nodes[tree];
  }
  if (nodes > std::numeric_limits<std::uint32_t>::max())
    return refuse("tree_nodes", fmt::format("{} nodes", nodes), "less than 4,294,967,296");
  const std::pair<const char*, std::size_t> sizes[] = {
      {"feature", tables.feature.size()},
      {"threshold", tables.threshold.size()},
      {"left", tables.left.size()},
      {"missing_left", tables.missing_left.size()}};
  for (const auto& [name, size] : sizes)
    if (size != nodes)
      return refuse(name, fmt::format("{} nodes", size), fmt::format("{} in all trees", nodes));
  return {};
}

/// One tree of the tables.
struct TreeView {
  const TreeTables& tables;
  std::size_t tree, first, count;
};

/// What check_node asks, without saying what is wrong: models are checked at every start.
bool is_sound(const TreeView& view, std::size_t node) {
  const TreeTables& tables = view.tables;
  const std::size_t at = view.first + node, left = tables.left[at];
  const std::int32_t feature = tables.feature[at];
  if (!std::isfinite(tables.threshold[at])) return false;
  if (feature == kLeaf) return left == 0 && tables.missing_left[at] == 0;
  return feature >= 0 && static_cast<std::size_t>(feature) < tables.features && left > node &&
         left + 1 < view.count && tables.missing_left[at] <= 1;
}

/// Errors: the entry of an unsound node.
Result<void, TensorError> check_node(const TreeView& view, std::size_t node) {
  const TreeTables& tables = view.tables;
  const std::size_t at = view.first + node;
  const auto place = [&](std::string_view what, auto value) {
    return fmt::format("{} {} in node {} of tree {}", what, value, node, view.tree);
  };
  const std::int32_t feature = tables.feature[at];
  if (feature != kLeaf && (feature < 0 || static_cast<std::size_t>(feature) >= tables.features))
    return refuse("feature", place("feature", feature),
                  fmt::format("{} or 0 to {}", kLeaf, tables.features - 1));
  if (!std::isfinite(tables.threshold[at]))
    return refuse("threshold", place("number", tables.threshold[at]), "a finite number");
  if (tables.missing_left[at] > (feature == kLeaf ? 0 : 1))
    return refuse("missing_left", place("mark", tables.missing_left[at]),
                  feature == kLeaf ? "0 in a leaf" : "0 or 1");
  const std::size_t left = tables.left[at];
  if (feature == kLeaf && left != 0) return refuse("left", place("child", left), "0 in a leaf");
  if (feature != kLeaf && (left <= node || left + 1 >= view.count))
    return refuse("left", place("child", left),
                  fmt::format("a node behind it, of which there are {}", view.count));
  return {};
}

/// The depth of a tree whose nodes are all reached, each once; children stand behind their parents,
/// so that one pass is enough and no path is endless.
Result<std::uint32_t, TensorError> check_tree(const TreeView& view) {
  std::vector<std::uint32_t> depths(view.count, 0);
  std::uint32_t deepest = 0;
  for (std::size_t node = 0; node < view.count; ++node) {
    if (!is_sound(view, node)) TOCCATA_CHECK(check_node(view, node));
    if (node != 0 && depths[node] == 0)
      return refuse("left", fmt::format("node {} of tree {} without a parent", node, view.tree),
                    "one parent for each but the root");
    deepest = std::max(deepest, depths[node]);
    if (view.tables.feature[view.first + node] == kLeaf) continue;
    for (std::size_t child = view.tables.left[view.first + node], last = child + 1; child <= last;
         ++child) {
      if (depths[child] != 0)
        return refuse("left", fmt::format("node {} of tree {} with two parents", child, view.tree),
                      "one parent for each but the root");
      depths[child] = depths[node] + 1;
    }
  }
  return deepest;
}

constexpr std::array<std::size_t, 1> kAny{kAnySize};

/// The single tensor that a fault is about, with its prefix.
TensorError prefixed(TensorError error, std::string_view prefix) {
  error.name.insert(0, prefix);
  return error;
}

}  // namespace

Result<Trees, TensorError> Trees::from_tables(TreeTables tables) {
  TOCCATA_CHECK(check_shape(tables));
  std::vector<std::uint32_t> depths;
  std::size_t first = 0;
  for (std::size_t tree = 0; tree < tables.tree_nodes.size(); ++tree) {
    TOCCATA_TRY(const std::uint32_t depth,
                check_tree({tables, tree, first, tables.tree_nodes[tree]}));
    depths.push_back(depth);
    first += tables.tree_nodes[tree];
  }
  Trees trees;
  trees.tables_ = std::move(tables);
  trees.pack(depths);
  return trees;
}

namespace {

/// Added to the feature of a node where a missing number goes left.
constexpr std::int16_t kMissingLeft = 1 << 14;
static_assert(kMostFeatures <= kMissingLeft);

/// What a node looks at and where a missing number goes, in two bytes.
Result<void, TensorError> read_splits(const Weights& weights, const std::string& name,
                                      TreeTables& tables) {
  TOCCATA_TRY(const auto splits, weights.values<std::int16_t>(name, kAny));
  tables.feature.resize(splits.size());
  tables.missing_left.resize(splits.size());
  for (std::size_t node = 0; node < splits.size(); ++node) {
    const bool left = splits[node] >= kMissingLeft;
    tables.feature[node] = left ? splits[node] - kMissingLeft : splits[node];
    tables.missing_left[node] = left ? 1 : 0;
  }
  return {};
}

/// A list of whole numbers that may be stored in few bits or in many.
Result<std::vector<std::uint32_t>, TensorError> read_children(const Weights& weights,
                                                              const std::string& name) {
  const Tensor* tensor = weights.find(name);
  if (tensor == nullptr || tensor->element != Element::U16)
    return weights.values<std::uint32_t>(name, kAny);
  TOCCATA_TRY(const auto few, weights.values<std::uint16_t>(name, kAny));
  return std::vector<std::uint32_t>(few.begin(), few.end());
}

}  // namespace

Result<Trees, TensorError> Trees::load(const Weights& weights, std::string_view prefix) {
  const auto name = [&](const char* part) { return std::string(prefix) + part; };
  constexpr std::array<std::size_t, 1> kOne{1}, kTwo{2};
  TreeTables tables;
  TOCCATA_TRY(const auto scale, weights.values<double>(name("scale"), kTwo));
  tables.base = scale[0];
  tables.scale = scale[1];
  TOCCATA_TRY(const auto features, weights.values<std::uint32_t>(name("features"), kOne));
  tables.features = features[0];
  TOCCATA_TRY(tables.tree_nodes, weights.values<std::uint32_t>(name("tree_nodes"), kAny));
  TOCCATA_CHECK(read_splits(weights, name("split"), tables));
  TOCCATA_TRY(tables.threshold, weights.values<float>(name("threshold"), kAny));
  TOCCATA_TRY(tables.left, read_children(weights, name("left")));
  auto trees = from_tables(std::move(tables));
  if (!trees) return Unexpected{prefixed(std::move(trees).error(), prefix)};
  return trees;
}

void Trees::save(Weights& weights, std::string_view prefix) const {
  const auto add = [&]<class T>(const char* part, std::span<const T> values) {
    weights.tensors.push_back(make_tensor<T>(std::string(prefix) + part, {values.size()}, values));
  };
  const std::array<double, 2> scale{tables_.base, tables_.scale};
  const std::array<std::uint32_t, 1> count{static_cast<std::uint32_t>(tables_.features)};
  add("scale", std::span<const double>(scale));
  add("features", std::span<const std::uint32_t>(count));
  add("tree_nodes", std::span<const std::uint32_t>(tables_.tree_nodes));
  std::vector<std::int16_t> splits;
  for (std::size_t node = 0; node < tables_.feature.size(); ++node)
    splits.push_back(static_cast<std::int16_t>(
        tables_.feature[node] + (tables_.missing_left[node] != 0 ? kMissingLeft : 0)));
  add("split", std::span<const std::int16_t>(splits));
  add("threshold", std::span<const float>(tables_.threshold));
  const bool is_small = std::ranges::all_of(tables_.left, [](std::uint32_t child) {
    return child <= std::numeric_limits<std::uint16_t>::max();
  });
  if (is_small) {
    const std::vector<std::uint16_t> left(tables_.left.begin(), tables_.left.end());
    add("left", std::span<const std::uint16_t>(left));
  } else {
    add("left", std::span<const std::uint32_t>(tables_.left));
  }
}

}  // namespace toccata::ml
