// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>

#include <toccata/base/assert.hpp>

#include "grow.hpp"

namespace toccata::learn {
namespace {

constexpr std::size_t kHistogramBytes = std::size_t{256} << 20;  ///< kept at once, at most
constexpr std::size_t kWorthSharing = 1 << 15;  ///< row-features under which threads cost more

/// Stable: rows that go left stay in place, the others pass through `right`.
template <class Code>
std::size_t part_rows(const Code* codes, std::size_t below, std::size_t missing_goes_left,
                      std::span<std::uint32_t> rows, std::span<std::int64_t> values,
                      std::uint32_t* right_rows, std::int64_t* right_values) {
  std::size_t lefts = 0, rights = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::uint32_t row = rows[i];
    const std::int64_t value = values[i];
    const std::size_t code = codes[row];
    const bool right = (code > below) & (code != missing_goes_left);
    rows[lefts] = row;
    values[lefts] = value;
    right_rows[rights] = row;
    right_values[rights] = value;
    lefts += right ? 0 : 1;
    rights += right ? 1 : 0;
  }
  std::copy_n(right_rows, rights, rows.begin() + static_cast<std::ptrdiff_t>(lefts));
  std::copy_n(right_values, rights, values.begin() + static_cast<std::ptrdiff_t>(lefts));
  return lefts;
}

}  // namespace

Grower::Grower(const BinnedTable& table, const GrowRules& rules, Workers& workers)
    : table_(table), rules_(rules), workers_(workers), sparse_(workers.count()) {
  offsets_.push_back(0);
  for (std::size_t f = 0; f < table.features(); ++f)
    offsets_.push_back(offsets_.back() + table.feature(f).bins() + 1);
}

Grower::Histogram Grower::new_histogram() {
  if (spare_.empty()) return Histogram(new std::int64_t[offsets_.back()]);
  Histogram histogram = std::move(spare_.back());
  spare_.pop_back();
  return histogram;
}

void Grower::keep(Histogram histogram) {
  if (histogram != nullptr) spare_.push_back(std::move(histogram));
}

NodeRows Grower::rows_of(const GrownNode& node) const {
  const std::size_t count = node.end - node.begin;
  return {std::span(sample_->rows).subspan(node.begin, count),
          std::span(sample_->values).subspan(node.begin, count)};
}

bool Grower::worth_searching(const GrownNode& node, int depth) const {
  return depth < rules_.depth &&
         packing_->weight(node.total) >= 2 * std::int64_t{rules_.split.leaf_weight} &&
         node.end - node.begin >= 2;
}

std::vector<std::size_t> Grower::drawn_features(std::uint32_t node) const {
  std::vector<std::size_t> drawn(features_.begin(), features_.end());
  if (rules_.feature_share >= 1) return drawn;
  const auto wanted = static_cast<std::size_t>(
      std::max(1.0, std::nearbyint(rules_.feature_share * static_cast<double>(drawn.size()))));
  Rng rng = rng_->fork(node);
  for (std::size_t i = 0; i < wanted; ++i)
    std::swap(drawn[i], drawn[i + rng.below(drawn.size() - i)]);
  drawn.resize(wanted);
  std::sort(drawn.begin(), drawn.end());
  return drawn;
}

/// The nodes to split next: all of a level, or the one whose split gains most.
std::vector<Grower::Open> Grower::take(std::vector<Open>& open) const {
  std::vector<Open> chosen;
  if (rules_.leaves == 0) {
    chosen.swap(open);
    return chosen;
  }
  const auto best = std::max_element(open.begin(), open.end(), [](const Open& a, const Open& b) {
    return a.split.gain < b.split.gain;
  });
  chosen.push_back(std::move(*best));
  open.erase(best);
  return chosen;
}

void Grower::part(const Open& open) {
  GrownNode& node = nodes_[open.node];
  const BinnedFeature& feature = table_.feature(open.split.feature);
  const std::size_t count = node.end - node.begin;
  const std::size_t goes_left =
      open.split.missing_left ? feature.missing() : std::numeric_limits<std::size_t>::max();
  const auto rows = std::span(sample_->rows).subspan(node.begin, count);
  const auto values = std::span(sample_->values).subspan(node.begin, count);
  std::uint32_t* right_rows = right_.rows.data() + node.begin;
  std::int64_t* right_values = right_.values.data() + node.begin;
  const std::size_t lefts = feature.is_narrow()
                                ? part_rows(feature.narrow.data(), open.split.below, goes_left,
                                            rows, values, right_rows, right_values)
                                : part_rows(feature.wide.data(), open.split.below, goes_left, rows,
                                            values, right_rows, right_values);
  const auto middle = static_cast<std::uint32_t>(node.begin + lefts);
  nodes_[node.left].begin = node.begin;
  nodes_[node.left].end = nodes_[node.left + 1].begin = middle;
  nodes_[node.left + 1].end = node.end;
}

Grower::Pair Grower::make_pair(Open parent) {
  const std::uint32_t left = nodes_[parent.node].left;
  const std::size_t lefts = nodes_[left].end - nodes_[left].begin;
  const std::size_t rights = nodes_[left + 1].end - nodes_[left + 1].begin;
  Pair pair;
  pair.nodes.resize(2);
  const bool left_is_smaller = lefts <= rights;
  pair.nodes[0].node = left_is_smaller ? left : left + 1;
  pair.nodes[1].node = left_is_smaller ? left + 1 : left;
  for (Open& child : pair.nodes) child.depth = parent.depth + 1;
  if (parent.histogram != nullptr && std::max(lefts, rights) >= dense_rows_ &&
      parent.depth + 1 < rules_.depth) {
    pair.nodes[0].histogram = new_histogram();
    pair.nodes[1].histogram = std::move(parent.histogram);
  }
  keep(std::move(parent.histogram));
  return pair;
}

std::vector<Grower::Pair> Grower::split(std::vector<Open> chosen) {
  std::size_t rows = 0;
  for (const Open& open : chosen) {
    GrownNode& node = nodes_[open.node];
    const BinnedFeature& feature = table_.feature(open.split.feature);
    node.feature = static_cast<std::int32_t>(open.split.feature);
    node.below = static_cast<std::uint32_t>(open.split.below);
    node.missing_left = open.split.missing_left;
    node.threshold = open.split.above == feature.bins()
                         ? std::numeric_limits<float>::max()
                         : feature.threshold(open.split.below, open.split.above);
    node.gain = open.split.gain;
    node.left = static_cast<std::uint32_t>(nodes_.size());
    rows += node.end - node.begin;
    const std::int64_t total = node.total;
    nodes_.emplace_back().total = open.split.left;
    nodes_.emplace_back().total = total - open.split.left;
  }
  if (rules_.leaf_rows == LeafRows::Unknown)
    std::erase_if(chosen, [&](const Open& open) { return open.depth + 1 == rules_.depth; });
  if (rows < kWorthSharing) {
    for (const Open& open : chosen) part(open);
  } else {
    workers_.run(chosen.size(), [&](std::size_t i, std::size_t /*worker*/) { part(chosen[i]); });
  }
  std::vector<Pair> pairs;
  pairs.reserve(chosen.size());
  for (Open& open : chosen) pairs.push_back(make_pair(std::move(open)));
  return pairs;
}

NodeSplit Grower::search_rows(const Open& open, std::size_t feature, std::size_t worker) {
  const GrownNode& node = nodes_[open.node];
  if (!worth_searching(node, open.depth)) return {};
  NodeSplit split = sparse_[worker].search(table_.feature(feature), rows_of(node), *packing_,
                                           rules_.split, node.total);
  split.feature = feature;
  return split;
}

/// The best splits of a pair's nodes by one feature.
Grower::Splits Grower::search_pair(const Pair& pair, std::size_t feature, std::size_t worker) {
  Splits found;
  if (pair.nodes[0].histogram == nullptr) {
    for (std::size_t i = 0; i < pair.nodes.size(); ++i)
      found[i] = search_rows(pair.nodes[i], feature, worker);
    return found;
  }
  const BinnedFeature& bins = table_.feature(feature);
  const auto entries_of = [&](const Open& open) {
    return std::span(open.histogram.get() + offsets_[feature], bins.bins() + 1);
  };
  const std::span smaller = entries_of(pair.nodes[0]);
  std::fill(smaller.begin(), smaller.end(), 0);
  add_rows(bins, rows_of(nodes_[pair.nodes[0].node]), smaller);
  for (std::size_t i = 0; i < pair.nodes.size(); ++i) {
    const Open& open = pair.nodes[i];
    const std::span own = entries_of(open);
    if (i != 0)
      for (std::size_t bin = 0; bin < own.size(); ++bin) own[bin] -= smaller[bin];
    const GrownNode& node = nodes_[open.node];
    if (!worth_searching(node, open.depth)) continue;
    found[i] = search(bins, own, *packing_, rules_.split, node.total);
    found[i].feature = feature;
  }
  return found;
}

void Grower::take_better(Pair& pair, const Splits& found) {
  for (std::size_t i = 0; i < pair.nodes.size(); ++i)
    if (found[i].gain > pair.nodes[i].split.gain) pair.nodes[i].split = found[i];
}

/// All features of a pair, by one worker.
void Grower::search_whole(Pair& pair, std::size_t worker) {
  if (rules_.feature_share >= 1) {
    for (const std::size_t feature : features_)
      take_better(pair, search_pair(pair, feature, worker));
    return;
  }
  for (Open& open : pair.nodes) {
    for (const std::size_t feature : drawn_features(open.node)) {
      const NodeSplit found = search_rows(open, feature, worker);
      if (found.gain > open.split.gain) open.split = found;
    }
  }
}

/// Fills in the best split of each node: of the features in their order, the first that gains most.
void Grower::find_splits(std::vector<Pair>& pairs) {
  std::size_t rows = 0;
  for (const Pair& pair : pairs)
    for (const Open& open : pair.nodes) rows += nodes_[open.node].end - nodes_[open.node].begin;
  if (rows * features_.size() < kWorthSharing) {
    for (Pair& pair : pairs) search_whole(pair, 0);
  } else if (rules_.feature_share < 1 || pairs.size() >= 8 * workers_.count()) {
    workers_.run(pairs.size(),
                 [&](std::size_t at, std::size_t worker) { search_whole(pairs[at], worker); });
  } else {
    std::vector<Splits> found(pairs.size() * features_.size());
    workers_.run(found.size(), [&](std::size_t task, std::size_t worker) {
      found[task] =
          search_pair(pairs[task / features_.size()], features_[task % features_.size()], worker);
    });
    for (std::size_t task = 0; task < found.size(); ++task)
      take_better(pairs[task / features_.size()], found[task]);
  }
}

std::vector<GrownNode> Grower::grow(Sample& sample, const Packing& packing,
                                    std::span<const std::size_t> features, const Rng& rng) {
  TOCCATA_ASSERT(!sample.rows.empty() && sample.rows.size() == sample.values.size());
  sample_ = &sample;
  packing_ = &packing;
  features_ = features;
  rng_ = &rng;
  right_.rows.resize(sample.rows.size());
  right_.values.resize(sample.rows.size());
  const std::size_t most = std::max<std::size_t>(kHistogramBytes / (8 * offsets_.back()), 4);
  dense_rows_ = rules_.feature_share < 1
                    ? std::numeric_limits<std::size_t>::max()
                    : std::max(offsets_.back() / table_.features(), sample.rows.size() / most);
  nodes_.assign(1, {});
  nodes_[0].end = static_cast<std::uint32_t>(sample.rows.size());
  for (const std::int64_t value : sample.values) nodes_[0].total += value;

  std::vector<Pair> pairs(1);
  pairs[0].nodes.resize(1);
  if (sample.rows.size() >= dense_rows_) pairs[0].nodes[0].histogram = new_histogram();
  std::vector<Open> open;
  for (std::size_t leaves = 1;;) {
    find_splits(pairs);
    for (Pair& pair : pairs) {
      for (Open& node : pair.nodes) {
        const std::size_t rows = nodes_[node.node].end - nodes_[node.node].begin;
        if (node.split.gain <= 0 || rows < dense_rows_) keep(std::move(node.histogram));
        if (node.split.gain > 0) open.push_back(std::move(node));
      }
    }
    if (open.empty() || (rules_.leaves != 0 && leaves >= rules_.leaves)) break;
    std::vector<Open> chosen = take(open);
    while (nodes_.size() + 2 * chosen.size() > ml::kMostTreeNodes) chosen.pop_back();
    if (chosen.empty()) break;
    leaves += chosen.size();
    pairs = split(std::move(chosen));
  }
  for (Open& node : open) keep(std::move(node.histogram));
  return std::move(nodes_);
}

const GrownNode& leaf_of(std::span<const GrownNode> tree, const BinnedTable& table,
                         std::size_t row) {
  const GrownNode* node = tree.data();
  while (node->feature != ml::kLeaf) {
    const BinnedFeature& feature = table.feature(static_cast<std::size_t>(node->feature));
    const std::size_t code = feature.code(row);
    const bool left = code <= node->below || (node->missing_left && code == feature.missing());
    node = tree.data() + node->left + (left ? 0 : 1);
  }
  return *node;
}

void append(ml::TreeTables& tables, std::span<const GrownNode> tree,
            std::span<const float> leaf_values) {
  tables.tree_nodes.push_back(static_cast<std::uint32_t>(tree.size()));
  for (std::size_t i = 0; i < tree.size(); ++i) {
    const GrownNode& node = tree[i];
    const bool leaf = node.feature == ml::kLeaf;
    tables.feature.push_back(node.feature);
    tables.threshold.push_back(leaf ? leaf_values[i] : node.threshold);
    tables.left.push_back(node.left);
    tables.missing_left.push_back(node.missing_left ? 1 : 0);
  }
}

}  // namespace toccata::learn
