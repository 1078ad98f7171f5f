// SPDX-License-Identifier: MIT
#include "trees_strata.hpp"

#include <algorithm>
#include <limits>

namespace toccata::ml {
namespace {

constexpr std::size_t kMostNumbered = std::size_t{1} << 16;
constexpr std::size_t kUnseen = kMostFeatures;
constexpr std::int64_t kNoNode = -1;
constexpr std::size_t kSpare = Stratum::kTests;  // the place of what is no test

/// Whether the splits look at no more features than a row has codes. Most wide ensembles show it
/// within a few nodes.
bool is_narrow(const TreeTables& tables) {
  std::vector<bool> seen(tables.features, false);
  std::size_t count = 0;
  for (const std::int32_t feature : tables.feature) {
    if (feature == kLeaf || seen[static_cast<std::size_t>(feature)]) continue;
    seen[static_cast<std::size_t>(feature)] = true;
    if (++count > kCodes) return false;
  }
  return true;
}

/// The different thresholds of each feature that is looked at, in rising order.
std::vector<std::vector<float>> thresholds_of(const TreeTables& tables) {
  std::vector<std::vector<float>> thresholds(tables.features);
  for (std::size_t node = 0; node < tables.feature.size(); ++node)
    if (tables.feature[node] != kLeaf)
      thresholds[static_cast<std::size_t>(tables.feature[node])].push_back(tables.threshold[node]);
  for (auto& of_feature : thresholds) {
    std::ranges::sort(of_feature);
    of_feature.erase(std::unique(of_feature.begin(), of_feature.end()), of_feature.end());
  }
  return thresholds;
}

std::uint16_t unsigned_of(std::int16_t number) { return static_cast<std::uint16_t>(number); }

}  // namespace

/// The nodes that begin the strata of one level, or the leaves below the last one.
struct Strata::Level {
  std::vector<std::int64_t> nodes;  ///< counted from the tree's root; kNoNode is never come to
};

std::optional<Strata> Strata::make(const TreeTables& tables,
                                   std::span<const std::uint32_t> depths) {
  if (!is_narrow(tables)) return std::nullopt;
  Strata strata;
  strata.places_.resize(tables.features, kUnseen);
  auto thresholds = thresholds_of(tables);
  for (std::size_t feature = 0; feature < tables.features; ++feature) {
    if (thresholds[feature].empty()) continue;
    if (thresholds[feature].size() > Bins::kMostThresholds) return std::nullopt;
    strata.places_[feature] = strata.features_.size();
    strata.features_.push_back(feature);
    strata.bins_.emplace_back(std::move(thresholds[feature]));
  }
  std::size_t first = 0;
  for (std::size_t tree = 0; tree < depths.size(); ++tree) {
    if (!strata.add_tree(tables, first, depths[tree])) return std::nullopt;
    first += tables.tree_nodes[tree];
  }
  return strata;
}

/// The three levels below a node; the nodes below them are added to `below`.
Stratum Strata::stratum_below(const TreeTables& tables, std::size_t first, std::int64_t node,
                              Level& below) const {
  Stratum stratum;
  stratum.thresholds.fill(std::numeric_limits<std::int16_t>::max());
  stratum.thresholds[kSpare] = static_cast<std::int16_t>(below.nodes.size());
  std::array<std::int64_t, 2 * Stratum::kTests + 1> nodes;
  nodes.fill(kNoNode);
  nodes[0] = node;
  for (std::size_t test = 0; test < Stratum::kTests; ++test) {
    if (nodes[test] == kNoNode) continue;
    const std::size_t at = first + static_cast<std::size_t>(nodes[test]);
    if (tables.feature[at] == kLeaf) {
      nodes[2 * test + 1] = nodes[test];
      continue;
    }
    const std::size_t place = places_[static_cast<std::size_t>(tables.feature[at])];
    stratum.thresholds[test] = bins_[place].code_of(tables.threshold[at]);
    stratum.picks[2 * test] = static_cast<std::uint8_t>(2 * place);
    stratum.picks[2 * test + 1] = static_cast<std::uint8_t>(2 * place + 1);
    if (tables.missing_left[at] != 0)
      stratum.picks[2 * kSpare] = static_cast<std::uint8_t>(stratum.picks[2 * kSpare] | 1U << test);
    nodes[2 * test + 1] = tables.left[at];
    nodes[2 * test + 2] = std::int64_t{tables.left[at]} + 1;
  }
  auto end = nodes.end();
  while (end[-1] == kNoNode) --end;  // the leftmost is always there
  below.nodes.insert(below.nodes.end(), nodes.begin() + Stratum::kTests, end);
  return stratum;
}

bool Strata::add_tree(const TreeTables& tables, std::size_t first, std::uint32_t depth) {
  constexpr std::uint32_t kLevels = 3;
  const std::uint32_t steps = std::max((depth + kLevels - 1) / kLevels, 1U);
  const std::size_t first_stratum = strata_.size(), first_value = values_.size();
  Level level{{0}};
  for (std::uint32_t step = 0; step < steps; ++step) {
    Level below;
    for (const std::int64_t node : level.nodes)
      strata_.push_back(node == kNoNode ? Stratum{} : stratum_below(tables, first, node, below));
    const bool is_last = step + 1 == steps;
    const std::size_t behind = strata_.size() - first_stratum;
    if (is_last ? below.nodes.size() > kMostNumbered
                : (behind + below.nodes.size()) * kUnitsPerStratum > kMostNumbered)
      return false;
    // Those below were counted within their level so far.
    for (std::size_t i = behind - level.nodes.size(); !is_last && i < behind; ++i) {
      std::int16_t& base = strata_[first_stratum + i].thresholds[kSpare];
      base = static_cast<std::int16_t>((behind + unsigned_of(base)) * kUnitsPerStratum);
    }
    level = std::move(below);
  }
  for (const std::int64_t node : level.nodes)
    values_.push_back(node == kNoNode ? 0
                                      : tables.threshold[first + static_cast<std::size_t>(node)]);
  roots_.push_back({first_stratum, first_value, steps});
  return true;
}

void Strata::add_up(const FeatureView& view, std::size_t first, std::span<double> out) const {
  const std::size_t rows = (out.size() + kRowsTogether - 1) / kRowsTogether * kRowsTogether;
  std::vector<std::int16_t> codes(rows * kCodes, 0);
  bool has_missing = false;
  for (std::size_t i = 0; i < features_.size(); ++i)
    has_missing |=
        bins_[i].find(view.values.data() + first * view.row_step + features_[i] * view.feature_step,
                      view.row_step, out.size(), codes.data() + i, kCodes);
  std::vector<double> sums(rows, 0.0);
  for (const Root& root : roots_)
    walk_strata({strata_.data() + root.stratum, values_.data() + root.value, root.steps},
                codes.data(), rows, has_missing, sums.data());
  std::copy_n(sums.begin(), out.size(), out.begin());
}

}  // namespace toccata::ml
