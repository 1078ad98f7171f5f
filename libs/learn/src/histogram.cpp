// SPDX-License-Identifier: MIT
#include <algorithm>
#include <bit>
#include <cmath>

#include "histogram.hpp"

namespace toccata::learn {

SplitSearch::SplitSearch(const Packing& packing, const SplitRules& rules, std::int64_t total,
                         std::int64_t missing)
    : missing_(missing),
      weight_mask_(packing.weight_mask()),
      weight_(total & weight_mask_),
      least_(rules.leaf_weight),
      // Sums are taken from the node's own mean, so that nothing cancels and equal targets give
      // exactly 0. Regularisation pulls towards 0 itself and needs the sums as they are.
      centre_((rules.l2 == 0 ? packing.sum(total) / weight_ : 0) * (weight_mask_ + 1) + 1),
      l2_(rules.l2),
      scale_(packing.unit() / static_cast<double>(weight_mask_ + 1)),
      sum_(static_cast<double>(total - weight_ * centre_)),
      whole_score_(sum_ * sum_ / (static_cast<double>(weight_) + l2_)),
      score_(whole_score_ * (1 + 1e-12)) {}

NodeSplit SplitSearch::best(std::size_t bins) {
  if (missing_ != 0 && left_ != 0) consider(left_, bins, false);
  if (found_.gain == 0) return {};
  found_.gain = (score_ - whole_score_) * scale_ * scale_;
  // Where the node has no missing numbers, later ones go with the many.
  if (missing_ == 0) found_.missing_left = 2 * (found_.left & weight_mask_) > weight_;
  return found_;
}

namespace {

template <class Code>
void add_codes(const Code* codes, const NodeRows& node, std::int64_t* entries) {
  const std::uint32_t* rows = node.rows.data();
  const std::int64_t* values = node.values.data();
  const std::size_t count = node.rows.size();
  for (std::size_t i = 0; i < count; ++i) entries[codes[rows[i]]] += values[i];
}

}  // namespace

void add_rows(const BinnedFeature& feature, const NodeRows& node, std::span<std::int64_t> entries) {
  if (feature.is_narrow()) add_codes(feature.narrow.data(), node, entries.data());
  else add_codes(feature.wide.data(), node, entries.data());
}

NodeSplit search(const BinnedFeature& feature, std::span<const std::int64_t> entries,
                 const Packing& packing, const SplitRules& rules, std::int64_t total) {
  SplitSearch search(packing, rules, total, entries[feature.missing()]);
  for (std::size_t bin = 0; bin < feature.bins(); ++bin)
    if (entries[bin] != 0) search.meet(bin, entries[bin]);
  return search.best(feature.bins());
}

template <class Code>
void SparseHistogram::add(std::span<const Code> codes, const NodeRows& node) {
  for (std::size_t i = 0; i < node.rows.size(); ++i) {
    const std::size_t code = codes[node.rows[i]];
    entries_[code] += node.values[i];
    marks_[code / 64] |= std::uint64_t{1} << (code % 64);
  }
}

NodeSplit SparseHistogram::search(const BinnedFeature& feature, const NodeRows& node,
                                  const Packing& packing, const SplitRules& rules,
                                  std::int64_t total) {
  if (feature.is_narrow()) add<std::uint8_t>(feature.narrow, node);
  else add<std::uint16_t>(feature.wide, node);
  const std::size_t missing = feature.missing();
  SplitSearch search(packing, rules, total, entries_[missing]);
  entries_[missing] = 0;
  marks_[missing / 64] &= ~(std::uint64_t{1} << (missing % 64));
  for (std::size_t word = 0; word <= missing / 64; ++word) {
    for (std::uint64_t marks = marks_[word]; marks != 0; marks &= marks - 1) {
      const std::size_t bin = word * 64 + static_cast<std::size_t>(std::countr_zero(marks));
      search.meet(bin, entries_[bin]);
      entries_[bin] = 0;
    }
    marks_[word] = 0;
  }
  return search.best(feature.bins());
}

}  // namespace toccata::learn
