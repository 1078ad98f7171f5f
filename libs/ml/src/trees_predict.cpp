// SPDX-License-Identifier: MIT
// Predicting with trees: rows laid out for walking, leaves added up in the trees' order.
#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include <toccata/base/assert.hpp>
#include <toccata/ml/trees.hpp>

#include "trees_strata.hpp"
#include "trees_walk.hpp"

namespace toccata::ml {
namespace {

/// Slots of the rows that go through all trees together: they stay in the nearer caches.
constexpr std::size_t kSlotsAtOnce = 4096;
constexpr std::size_t kTreesAtOnce = 8;  ///< of a single row, so that loads hide behind each other
/// Strata are made once a row has been asked for with every so many nodes: what they cost to make
/// is then about what the rows so far would have gained.
constexpr std::size_t kNodesPerRow = 16;
/// Rows that go through one tree after the other: codes and sums stay in the second cache.
constexpr std::size_t kMostRowsInBlock = 4096, kFewestRowsInBlock = 256;
constexpr std::size_t kBlocksPerThread = 4;

std::size_t rows_in_block(std::size_t rows, unsigned threads) {
  return std::clamp(rows / (kBlocksPerThread * threads), kFewestRowsInBlock, kMostRowsInBlock);
}

}  // namespace

struct Trees::Many {
  std::atomic<std::size_t> rows_asked{0};
  std::once_flag once;
  std::optional<Strata> strata;
};

std::shared_ptr<Trees::Many> Trees::none_yet() { return std::make_shared<Many>(); }

const Strata* Trees::strata_for(std::size_t rows) const {
  Many& many = *many_;
  if (many.rows_asked.fetch_add(rows) + rows < nodes_.size() / kNodesPerRow) return nullptr;
  std::call_once(many.once, [&] {
    std::vector<std::uint32_t> depths;
    for (const Root& root : roots_) depths.push_back(root.depth);
    many.strata = Strata::make(tables(), depths);
  });
  return many.strata ? &*many.strata : nullptr;
}

double Trees::predict(std::span<const float> row) const {
  TOCCATA_ASSERT(row.size() == features_);
  std::int64_t slots[2 * kMostFeatures];
  for (std::size_t i = 0; i < slots_.size(); ++i)
    slots[i] = slot_of(row[slots_[i].feature], slots_[i].missing_left);
  double sum = 0;
  for (std::size_t tree = 0; tree < roots_.size(); tree += kTreesAtOnce) {
    const std::size_t count = std::min(kTreesAtOnce, roots_.size() - tree);
    // Lanes without a tree walk the last one once more.
    std::int64_t first[kTreesAtOnce], at[kTreesAtOnce] = {};
    std::uint32_t deepest = 0;
    for (std::size_t lane = 0; lane < kTreesAtOnce; ++lane) {
      const Root& root = roots_[tree + std::min(lane, count - 1)];
      first[lane] = root.first;
      deepest = std::max(deepest, root.depth);
    }
    for (std::uint32_t step = 0; step < deepest; ++step) {
      for (std::size_t lane = 0; lane < kTreesAtOnce; ++lane) {
        const std::int64_t node = nodes_[static_cast<std::size_t>(first[lane] + at[lane])];
        const std::int64_t value = slots[slot_in(node)];
        at[lane] = (node & kOffsetMask) + (value > node ? 1 : 0);
      }
    }
    for (std::size_t lane = 0; lane < count; ++lane)
      sum += static_cast<double>(values_[static_cast<std::size_t>(first[lane] + at[lane])]);
  }
  return base_ + scale_ * sum;
}

double Trees::predict_as(std::size_t tree, std::span<const float> row) const {
  TOCCATA_ASSERT(tree < roots_.size() && row.size() == features_);
  const std::size_t first = roots_[tree].first;
  std::size_t at = 0;
  for (std::int64_t node = nodes_[first]; !is_leaf(node); node = nodes_[first + at]) {
    const Slot& slot = slots_[slot_in(node)];
    at = offset_in(node) + (slot_of(row[slot.feature], slot.missing_left) > node ? 1 : 0);
  }
  return base_ + scale_ * static_cast<double>(trees()) * static_cast<double>(values_[first + at]);
}

std::size_t Trees::rows_in_group() const {
  return std::clamp(kSlotsAtOnce / std::max(slots_.size(), std::size_t{1}) / kLanes, std::size_t{1},
                    std::size_t{16}) *
         kLanes;
}

void Trees::add_up(const FeatureView& view, std::size_t first, std::span<double> out,
                   std::vector<std::int64_t>& slots) const {
  const std::size_t width = slots_.size() * kLanes;  // of a group's slots
  const std::size_t groups = (out.size() + kLanes - 1) / kLanes;
  slots.resize(groups * width);
  for (std::size_t group = 0; group < groups; ++group) {
    const std::size_t row = first + group * kLanes;
    const std::size_t count = std::min(kLanes, first + out.size() - row);
    float values[kLanes] = {};
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      const float* from =
          view.values.data() + row * view.row_step + slots_[i].feature * view.feature_step;
      for (std::size_t lane = 0; lane < count; ++lane) values[lane] = from[lane * view.row_step];
      fill_slots(values, slots_[i].missing_left, slots.data() + group * width + i * kLanes);
    }
  }
  std::vector<double> sums(groups * kLanes, 0.0);
  std::int64_t at[kLanes];
  for (const Root& root : roots_) {
    const float* values = values_.data() + root.first;
    for (std::size_t group = 0; group < groups; ++group) {
      walk(nodes_.data() + root.first, root.depth, slots.data() + group * width, at);
      for (std::size_t lane = 0; lane < kLanes; ++lane)
        sums[group * kLanes + lane] += static_cast<double>(values[at[lane]]);
    }
  }
  std::copy_n(sums.begin(), out.size(), out.begin());
}

std::vector<double> Trees::predict(const FeatureView& rows, unsigned threads) const {
  TOCCATA_ASSERT(threads >= 1);
  TOCCATA_ASSERT(rows.rows == 0 ||
                 (rows.rows - 1) * rows.row_step + (features_ - 1) * rows.feature_step <
                     rows.values.size());
  std::vector<double> out(rows.rows);
  const Strata* const strata = strata_for(rows.rows);
  const std::size_t block = strata != nullptr ? rows_in_block(rows.rows, threads) : rows_in_group();
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    std::vector<std::int64_t> slots;
    for (;;) {
      const std::size_t first = next.fetch_add(block);
      if (first >= out.size()) return;
      const auto part = std::span(out).subspan(first, std::min(block, out.size() - first));
      if (strata != nullptr) strata->add_up(rows, first, part);
      else add_up(rows, first, part, slots);
      for (double& sum : part) sum = base_ + scale_ * sum;
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
