// SPDX-License-Identifier: MIT
#include "trees_bins.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include <toccata/base/assert.hpp>

namespace toccata::ml {
namespace {

constexpr int kLowestCode = -32'768;
constexpr std::size_t kAtOnce = 128;
constexpr std::size_t kCellsPerThreshold = 4, kMostCells = std::size_t{1} << 16;

}  // namespace

Bins::Bins(std::vector<float> thresholds) : thresholds_(std::move(thresholds)) {
  const std::size_t count = thresholds_.size();
  TOCCATA_ASSERT(count >= 1 && count <= kMostThresholds);
  const std::size_t cells = std::min(kMostCells, std::bit_ceil(kCellsPerThreshold * count));
  lowest_ = thresholds_.front();
  last_cell_ = static_cast<float>(cells - 1);
  cells_per_unit_ = last_cell_ / (thresholds_.back() - lowest_);
  // One threshold alone, or more than a float's range from end to end: a single cell.
  if (!std::isfinite(cells_per_unit_)) cells_per_unit_ = 0;
  std::vector<std::uint16_t> in_cell(cells, 0);
  for (const float threshold : thresholds_) ++in_cell[cell_of(threshold)];
  before_.resize(cells, 0);
  for (std::size_t cell = 1; cell < cells; ++cell)
    before_[cell] = static_cast<std::uint16_t>(before_[cell - 1] + in_cell[cell - 1]);
  first_step_ = std::bit_floor(std::uint32_t{*std::ranges::max_element(in_cell)});
  thresholds_.resize(count + 2 * std::size_t{first_step_}, std::numeric_limits<float>::infinity());
}

bool Bins::find(const float* values, std::size_t step_of_values, std::size_t count,
                std::int16_t* codes, std::size_t step) const {
  bool is_missing = false;
  for (std::size_t first = 0; first < count; first += kAtOnce)
    is_missing |= find_some(values + first * step_of_values, step_of_values,
                            std::min(kAtOnce, count - first), codes + first * step, step);
  return is_missing;
}

/// Each step is taken for all values before the next one, so that none waits for its own last.
bool Bins::find_some(const float* values, std::size_t step_of_values, std::size_t count,
                     std::int16_t* codes, std::size_t step) const {
  float value[kAtOnce];
  std::uint32_t below[kAtOnce];
  for (std::size_t i = 0; i < count; ++i) value[i] = values[i * step_of_values];
  for (std::size_t i = 0; i < count; ++i) below[i] = cell_of(value[i]);
  for (std::size_t i = 0; i < count; ++i) below[i] = before_[below[i]];
  const float* const thresholds = thresholds_.data();
  for (std::uint32_t stride = first_step_; stride != 0; stride /= 2)
    for (std::size_t i = 0; i < count; ++i)
      below[i] += thresholds[below[i] + stride - 1] < value[i] ? stride : 0;
  bool is_missing = false;
  for (std::size_t i = 0; i < count; ++i) {
    const bool missing = std::isnan(value[i]);
    is_missing |= missing;
    codes[i * step] = static_cast<std::int16_t>(missing ? int{kMissing}
                                                        : static_cast<int>(below[i]) + kLowestCode);
  }
  return is_missing;
}

std::int16_t Bins::code_of(float threshold) const {
  std::int16_t code = 0;
  find(&threshold, 1, 1, &code, 1);
  return code;
}

}  // namespace toccata::ml
