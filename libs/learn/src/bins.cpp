// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include <fmt/format.h>

#include <toccata/learn/bins.hpp>

#include "workers.hpp"

namespace toccata::learn {
namespace {

/// A value in a form that sorts as a whole number, and the row it stands in.
struct Keyed {
  std::uint32_t order;
  std::uint32_t row;
};

std::uint32_t order_of(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value + 0.0F);  // -0 and 0 are one value
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}
float value_of(std::uint32_t order) {
  return std::bit_cast<float>((order & 0x80000000U) != 0 ? order & 0x7FFFFFFFU : ~order);
}

/// Sorts by value, equal ones by row. Source: radix sort, three passes of 11 bits.
void sort_keys(std::vector<Keyed>& keys) {
  constexpr int kBits = 11;
  constexpr std::uint32_t kMask = (1U << kBits) - 1;
  std::vector<Keyed> other(keys.size());
  for (int shift = 0; shift < 32; shift += kBits) {
    std::array<std::uint32_t, kMask + 2> first{};
    for (const Keyed& key : keys) ++first[(key.order >> shift & kMask) + 1];
    for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];
    for (const Keyed& key : keys) other[first[key.order >> shift & kMask]++] = key;
    keys.swap(other);
  }
}

std::size_t count_distinct(std::span<const Keyed> keys) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < keys.size(); ++i)
    if (i == 0 || keys[i].order != keys[i - 1].order) ++count;
  return count;
}

/// Where the bin that begins at `first` ends: it takes whole runs of equal values until it holds
/// its share of the rows that are left.
std::size_t end_of_bin(std::span<const Keyed> keys, std::size_t first, std::size_t share) {
  std::size_t end = first;
  do {
    std::size_t run = end;
    while (run < keys.size() && keys[run].order == keys[end].order) ++run;
    // A run that would overfill the bin by more than half begins the next.
    if (end != first && run - first > share + share / 2) break;
    end = run;
  } while (end < keys.size() && end - first < share);
  return end;
}

/// The ends of bins in the sorted keys.
std::vector<std::size_t> part(std::span<const Keyed> keys, std::size_t most_bins) {
  std::vector<std::size_t> ends;
  const bool each_its_own = count_distinct(keys) <= most_bins;
  for (std::size_t first = 0; first < keys.size(); first = ends.back()) {
    const std::size_t bins_left = most_bins - ends.size();
    const std::size_t share = each_its_own ? 1 : (keys.size() - first + bins_left - 1) / bins_left;
    ends.push_back(bins_left == 1 ? keys.size() : end_of_bin(keys, first, share));
  }
  return ends;
}

template <class Code>
void fill_codes(std::span<const Keyed> keys, std::span<const std::size_t> ends, std::size_t rows,
                std::vector<Code>& codes) {
  codes.assign(rows, static_cast<Code>(ends.size()));
  std::size_t at = 0;
  for (std::size_t bin = 0; bin < ends.size(); ++bin)
    for (; at < ends[bin]; ++at) codes[keys[at].row] = static_cast<Code>(bin);
}

BinnedFeature bin(std::span<const float> values, std::size_t most_bins) {
  std::vector<Keyed> keys;
  keys.reserve(values.size());
  for (std::size_t row = 0; row < values.size(); ++row)
    if (!std::isnan(values[row]))
      keys.push_back({order_of(values[row]), static_cast<std::uint32_t>(row)});
  sort_keys(keys);
  const std::vector<std::size_t> ends = part(keys, most_bins);
  BinnedFeature out;
  for (std::size_t i = 0; i < ends.size(); ++i) {
    out.lowest.push_back(value_of(keys[i == 0 ? 0 : ends[i - 1]].order));
    out.highest.push_back(value_of(keys[ends[i] - 1].order));
  }
  if (ends.size() < 256) fill_codes(keys, ends, values.size(), out.narrow);
  else fill_codes(keys, ends, values.size(), out.wide);
  return out;
}

bool has_infinity(std::span<const float> values) {
  return std::any_of(values.begin(), values.end(), [](float value) { return std::isinf(value); });
}

}  // namespace

float BinnedFeature::threshold(std::size_t below, std::size_t above) const {
  const double low = highest[below], high = lowest[above];
  const auto middle = static_cast<float>(low + (high - low) / 2);
  return middle < lowest[above] ? middle : highest[below];
}

Result<BinnedTable, FitError> BinnedTable::make(const Table& table, std::size_t most_bins,
                                                unsigned threads) {
  using Fault = FitError::Fault;
  if (most_bins < 2 || most_bins > kMostBins)
    return Unexpected{
        FitError{Fault::Option, fmt::format("{} bins are not in 2..{}", most_bins, kMostBins)}};
  if (table.rows() == 0 || table.features() == 0)
    return Unexpected{FitError{Fault::NoRows, "a table without rows or features"}};
  if (table.rows() > kMostRows || table.features() > ml::kMostFeatures)
    return Unexpected{
        FitError{Fault::TooLarge,
                 fmt::format("{} rows of {} features, at most {} of {} are handled", table.rows(),
                             table.features(), kMostRows, ml::kMostFeatures)}};
  for (std::size_t f = 0; f < table.features(); ++f)
    if (has_infinity(table.column(f)))
      return Unexpected{FitError{Fault::NotFinite,
                                 fmt::format("feature {}: an infinite value", table.names()[f])}};
  BinnedTable out;
  out.names_ = table.names();
  out.rows_ = table.rows();
  out.features_.resize(table.features());
  Workers workers(threads);
  workers.run(table.features(), [&](std::size_t f, std::size_t /*worker*/) {
    out.features_[f] = bin(table.column(f), most_bins);
  });
  return out;
}

}  // namespace toccata::learn
