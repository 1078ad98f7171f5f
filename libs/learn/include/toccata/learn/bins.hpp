// SPDX-License-Identifier: MIT
// A table as small whole numbers: each feature's values gathered into ordered bins.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <toccata/base/result.hpp>
#include <toccata/learn/fitting.hpp>
#include <toccata/learn/table.hpp>

namespace toccata::learn {

/// One feature's bins, lowest values first, and each row's bin.
struct BinnedFeature {
  std::vector<float> lowest, highest;  ///< of the values in each bin
  /// Each row's bin, in bytes where 256 codes are enough. The code after the last bin stands for a
  /// missing number.
  std::vector<std::uint8_t> narrow;
  std::vector<std::uint16_t> wide;

  std::size_t bins() const { return lowest.size(); }
  std::size_t missing() const { return lowest.size(); }
  bool is_narrow() const { return wide.empty(); }
  std::size_t code(std::size_t row) const { return is_narrow() ? narrow[row] : wide[row]; }
  /// A number between bin `below` and the later bin `above`: the midpoint of the values next to the
  /// gap, rounded to a float that still parts them.
  float threshold(std::size_t below, std::size_t above) const;
};

/// A table in bins. Where a feature has no more distinct values than bins are allowed, each value
/// has its own, and splitting bins is splitting values exactly; else bins hold about equally many
/// rows, and a value that alone fills one has it to itself.
class BinnedTable {
 public:
  static constexpr std::size_t kMostBins = 4096;
  static constexpr std::size_t kMostRows = std::size_t{1} << 24;

  /// Range:  `most_bins` 2 to kMostBins; 255 keep every code in a byte.
  /// Errors: NoRows, TooLarge, NotFinite (an infinite feature), Option.
  /// Cost:   O(rows * features), `threads` features at a time; 1 or 2 bytes a number.
  static Result<BinnedTable, FitError> make(const Table& table, std::size_t most_bins = kMostBins,
                                            unsigned threads = 0);

  std::size_t rows() const { return rows_; }
  std::size_t features() const { return features_.size(); }
  const BinnedFeature& feature(std::size_t feature) const { return features_[feature]; }
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::size_t rows_ = 0;
  std::vector<BinnedFeature> features_;
};

}  // namespace toccata::learn
