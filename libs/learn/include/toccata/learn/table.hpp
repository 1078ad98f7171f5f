// SPDX-License-Identifier: MIT
// Examples to learn from: rows of named features, kept column by column.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <toccata/ml/trees.hpp>

namespace toccata::learn {

/// Features of many rows, as floats; NaN stands for a missing number.
class Table {
 public:
  Table() = default;
  /// A table of zeros. Cost: 4 bytes a number.
  Table(std::vector<std::string> names, std::size_t rows);

  std::size_t rows() const { return rows_; }
  std::size_t features() const { return names_.size(); }
  const std::vector<std::string>& names() const { return names_; }

  /// All rows' values of one feature. Range: feature below features().
  std::span<float> column(std::size_t feature);
  std::span<const float> column(std::size_t feature) const;
  /// One row's features, copied.
  std::vector<float> row(std::size_t row) const;
  /// The rows named, in that order; a row may come twice.
  Table select(std::span<const std::size_t> rows) const;
  /// The features named, in that order.
  Table select_features(std::span<const std::size_t> features) const;
  /// For predicting; borrowed.
  ml::FeatureView view() const { return {values_, rows_, 1, rows_}; }

 private:
  std::vector<std::string> names_;
  std::size_t rows_ = 0;
  std::vector<float> values_;  ///< column after column
};

}  // namespace toccata::learn
