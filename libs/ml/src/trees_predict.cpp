// SPDX-License-Identifier: MIT
// Walking down trees: several walks at once, so that one's loads hide behind the others'.
//
// A row is laid out with two slots a feature: a missing number is -infinity in the first and
// +infinity in the second. Thresholds are finite, so a node that looks at the first sends a missing
// number left, one that looks at the second sends it right, and no step asks whether it is missing.
// Leaves have the threshold +infinity and lead to themselves: a walk has as many steps as its tree
// is deep, and no step asks whether it has arrived.
#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <thread>

#include <toccata/base/assert.hpp>
#include <toccata/ml/trees.hpp>

namespace toccata::ml {
namespace {

constexpr float kInfinity = std::numeric_limits<float>::infinity();
constexpr int kOffsetBits = 20;
constexpr std::uint32_t kOffsetMask = (std::uint32_t{1} << kOffsetBits) - 1;
static_assert(kMostTreeNodes == std::size_t{kOffsetMask} + 1);
static_assert(2 * kMostFeatures == std::size_t{1} << (32 - kOffsetBits));

/// Rows that are walked together: their slots stay in the first cache.
constexpr std::size_t kSlotsAtOnce = 8192, kMostRows = 1024, kFewestRows = 32;
constexpr std::size_t kLanesAtOnce = 8;

void fill_slots(const float* row, std::size_t step, std::size_t features, float* slots) {
  for (std::size_t f = 0; f < features; ++f) {
    const float value = row[f * step];
    const bool missing = std::isnan(value);
    slots[2 * f] = missing ? -kInfinity : value;
    slots[2 * f + 1] = missing ? kInfinity : value;
  }
}

}  // namespace

void Trees::pack(std::span<const std::uint32_t> depths) {
  nodes_.resize(tables_.feature.size());
  values_.resize(tables_.feature.size());
  std::uint32_t first = 0;
  for (std::size_t tree = 0; tree < depths.size(); ++tree) {
    roots_.push_back({first, depths[tree]});
    for (std::uint32_t node = 0; node < tables_.tree_nodes[tree]; ++node) {
      const std::size_t at = std::size_t{first} + node;
      const bool leaf = tables_.feature[at] == kLeaf;
      values_[at] = leaf ? tables_.threshold[at] : 0;
      const std::uint32_t slot = leaf ? 0
                                      : 2 * static_cast<std::uint32_t>(tables_.feature[at]) +
                                            (tables_.missing_left[at] != 0 ? 0 : 1);
      nodes_[at] = {leaf ? kInfinity : tables_.threshold[at],
                    slot << kOffsetBits | (leaf ? node : tables_.left[at])};
    }
    first += tables_.tree_nodes[tree];
  }
}

/// Takes kLanes rows down one tree and adds the leaves they reach to their sums.
template <std::size_t kLanes>
void Trees::descend(const Root& root, const float* rows, double* sums) const {
  const Node* const nodes = nodes_.data() + root.first;
  const std::size_t width = 2 * tables_.features;
  std::uint32_t at[kLanes] = {};
  for (std::uint32_t step = 0; step < root.depth; ++step) {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const Node node = nodes[at[lane]];
      const float value = rows[lane * width + (node.link >> kOffsetBits)];
      at[lane] = (node.link & kOffsetMask) + (value <= node.threshold ? 0 : 1);
    }
  }
  for (std::size_t lane = 0; lane < kLanes; ++lane)
    sums[lane] += static_cast<double>(values_[root.first + at[lane]]);
}

double Trees::predict(std::span<const float> row) const {
  TOCCATA_ASSERT(row.size() == tables_.features);
  float slots[2 * kMostFeatures];
  fill_slots(row.data(), 1, row.size(), slots);
  double sum = 0;
  std::size_t tree = 0;
  for (; tree + kLanesAtOnce <= roots_.size(); tree += kLanesAtOnce) {
    std::uint32_t at[kLanesAtOnce], deepest = 0;
    for (std::size_t lane = 0; lane < kLanesAtOnce; ++lane) {
      at[lane] = roots_[tree + lane].first;
      deepest = std::max(deepest, roots_[tree + lane].depth);
    }
    for (std::uint32_t step = 0; step < deepest; ++step) {
      for (std::size_t lane = 0; lane < kLanesAtOnce; ++lane) {
        const Node node = nodes_[at[lane]];
        at[lane] = roots_[tree + lane].first + (node.link & kOffsetMask) +
                   (slots[node.link >> kOffsetBits] <= node.threshold ? 0 : 1);
      }
    }
    for (const std::uint32_t leaf : at) sum += static_cast<double>(values_[leaf]);
  }
  for (; tree < roots_.size(); ++tree) descend<1>(roots_[tree], slots, &sum);
  return tables_.base + tables_.scale * sum;
}

void Trees::predict_block(const FeatureView& view, std::size_t first, std::span<double> out,
                          std::vector<float>& slots) const {
  const std::size_t width = 2 * tables_.features;
  slots.resize(out.size() * width);
  for (std::size_t row = 0; row < out.size(); ++row)
    fill_slots(view.values.data() + (first + row) * view.row_step, view.feature_step,
               tables_.features, slots.data() + row * width);
  std::fill(out.begin(), out.end(), 0.0);
  for (const Root& root : roots_) {
    std::size_t row = 0;
    for (; row + kLanesAtOnce <= out.size(); row += kLanesAtOnce)
      descend<kLanesAtOnce>(root, slots.data() + row * width, out.data() + row);
    for (; row < out.size(); ++row) descend<1>(root, slots.data() + row * width, out.data() + row);
  }
  for (double& sum : out) sum = tables_.base + tables_.scale * sum;
}

std::vector<double> Trees::predict(const FeatureView& rows, unsigned threads) const {
  TOCCATA_ASSERT(threads >= 1);
  TOCCATA_ASSERT(rows.rows == 0 ||
                 (rows.rows - 1) * rows.row_step + (tables_.features - 1) * rows.feature_step <
                     rows.values.size());
  std::vector<double> out(rows.rows);
  const std::size_t block =
      std::clamp(kSlotsAtOnce / (2 * tables_.features), kFewestRows, kMostRows);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    std::vector<float> slots;
    for (;;) {
      const std::size_t first = next.fetch_add(block);
      if (first >= out.size()) return;
      const std::size_t count = std::min(block, out.size() - first);
      predict_block(rows, first, std::span(out).subspan(first, count), slots);
    }
  };
  const std::size_t blocks = (out.size() + block - 1) / block;
  std::vector<std::jthread> others;
  for (std::size_t i = 1; i < std::min<std::size_t>(threads, blocks); ++i)
    others.emplace_back(work);
  work();
  others.clear();  // joins them
  return out;
}

}  // namespace toccata::ml
