// SPDX-License-Identifier: MIT
// Numbers as the count of thresholds below them: whole numbers of 16 bits that compare to a
// threshold's place as the number compares to the threshold.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace toccata::ml {

/// All thresholds that an ensemble asks of one feature.
///
/// A grid over their range says for each of its cells how many thresholds lie in the cells before;
/// the few in the number's own cell are searched. Numbers and thresholds find their cells by the
/// same steps, each of which keeps their order, so that rounding moves no number past a threshold.
class Bins {
 public:
  static constexpr std::size_t kMostThresholds = 65'534;
  static constexpr std::int16_t kMissing = 32'767;  ///< NaN's code, above all others

  /// Range: finite thresholds in rising order, each once; 1 to kMostThresholds.
  explicit Bins(std::vector<float> thresholds);

  /// How many thresholds lie below each value, less 32,768, to codes[0], codes[step] ...
  /// The values are values[0], values[step_of_values] ...; true where one is missing.
  bool find(const float* values, std::size_t step_of_values, std::size_t count, std::int16_t* codes,
            std::size_t step) const;
  /// A value is above this threshold exactly where its code is above this. Range: one of them.
  std::int16_t code_of(float threshold) const;

 private:
  std::uint32_t cell_of(float value) const {
    const float place = (value - lowest_) * cells_per_unit_;
    const float from_0 = place > 0 ? place : 0.0F;  // NaN, of infinity times zero, counts as 0
    return static_cast<std::uint32_t>(
        static_cast<std::int32_t>(from_0 < last_cell_ ? from_0 : last_cell_));
  }
  bool find_some(const float* values, std::size_t step_of_values, std::size_t count,
                 std::int16_t* codes, std::size_t step) const;

  std::vector<float> thresholds_;      ///< and behind them infinities, which nothing is above
  std::vector<std::uint16_t> before_;  ///< thresholds in the cells before each
  float lowest_ = 0, cells_per_unit_ = 0, last_cell_ = 0;
  std::uint32_t first_step_ = 0;  ///< of the search in a cell, a power of two
};

}  // namespace toccata::ml
