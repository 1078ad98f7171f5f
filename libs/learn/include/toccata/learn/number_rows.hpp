// SPDX-License-Identifier: MIT
// Numbers out of long tables of comma-separated values, piece by piece and fast.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/csv.hpp>
#include <toccata/learn/text_source.hpp>

namespace toccata::learn {

/// Where the wanted columns stand in a table.
struct RowLayout {
  std::vector<std::string> columns;  ///< all of them
  std::vector<std::string> wanted;
  /// Of each column its place among the wanted ones; kSkipped of others.
  std::vector<std::size_t> place;
  static constexpr std::size_t kSkipped = static_cast<std::size_t>(-1);

  /// Errors: no row; a wanted column that is missing, by name, or there twice.
  static Result<RowLayout, CsvError> make(std::string_view header,
                                          std::span<const std::string_view> wanted);
};

/// The rows of a piece of text.
struct NumberRows {
  std::vector<float> numbers;           ///< of the wanted columns, row by row
  std::vector<std::string_view> lines;  ///< each row's text, without the line's end; borrowed
};
/// Why a row was refused; its place counts from the beginning of the piece.
struct RowError {
  std::size_t offset;
  std::string what;
};

/// Reads whole rows, fields and line ends as CsvReader has them. Empty lines are passed over.
///
/// Errors: another number of fields than columns; a wanted field that is no finite number; a quote
///         that is not closed or closes midway.
/// Cost:   O(text), about 10 ns a number.
Result<NumberRows, RowError> read_number_rows(const RowLayout& layout, std::string_view text);

/// A table walked through in pieces that end with a row, in memory for one piece.
class RowPieces {
 public:
  /// Reads the header. Range: a piece of at least 16 bytes. Errors: see TextSource and RowLayout.
  static Result<RowPieces, DataError> open(const std::string& path,
                                           std::span<const std::string_view> wanted,
                                           std::size_t piece_bytes = std::size_t{8} << 20);

  const RowLayout& layout() const { return layout_; }
  std::string_view header() const { return header_; }  ///< without its line's end
  /// The next rows, valid until the next call; empty after the last.
  /// Errors: reading fails, or a row is longer than a piece.
  Result<std::string_view, DataError> next();
  /// An error in the piece that next() gave, with its line in the table.
  DataError located(const RowError& error) const;

 private:
  RowPieces(TextSource source, std::string path)
      : source_(std::move(source)), path_(std::move(path)) {}
  Result<void, DataError> fill();
  DataError fault(std::string what) const;

  TextSource source_;
  std::string path_, header_;
  RowLayout layout_;
  std::string buffer_;
  std::size_t begin_ = 0, end_ = 0;  ///< of what is in the buffer and was not given out
  std::string_view piece_;
  std::size_t line_ = 1;  ///< where the piece begins
  bool at_end_ = false;
};

/// Parts of a piece, each of whole rows, about equally long; one where fields are quoted.
std::vector<std::string_view> split_rows(std::string_view piece, std::size_t parts);

}  // namespace toccata::learn
