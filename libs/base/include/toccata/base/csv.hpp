// SPDX-License-Identifier: MIT
// Tables of comma-separated values, read a row at a time.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/result.hpp>

namespace toccata {

/// Why a text is no such table, and where.
struct CsvError {
  std::size_t line;  ///< counted from 1
  std::string what;
};
/// "line 17: 6 fields, but the first row has 7".
std::string describe(const CsvError& error);

/// Walks over the rows of borrowed text. The first row names the columns; every other has as many
/// fields. Fields may be quoted, and then hold commas, line breaks and doubled quotes. Empty lines
/// and a byte order mark are passed over.
/// Source: RFC 4180, with \n and \r\n as line ends.
class CsvReader {
 public:
  /// Errors: no row at all; see next().
  static Result<CsvReader, CsvError> open(std::string_view text);

  const std::vector<std::string>& columns() const { return columns_; }
  /// Where a column stands in each row.
  std::optional<std::size_t> find_column(std::string_view name) const;

  /// The fields of the next row, valid until the next call; none (null) after the last.
  /// Errors: another number of fields than columns; a quote that is never closed or closes midway.
  Result<const std::vector<std::string_view>*, CsvError> next();
  /// Where the row that next() gave began.
  std::size_t line() const { return row_line_; }

 private:
  explicit CsvReader(std::string_view text) : text_(text) {}
  Result<bool, CsvError> read_row();
  Result<void, CsvError> read_field();
  Result<void, CsvError> read_quoted();
  /// Takes what ends a field; true where it also ends the row.
  bool take_end();

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t row_line_ = 1;
  std::vector<std::string> columns_;
  std::vector<std::string_view> fields_;
  std::deque<std::string> unquoted_;  ///< fields whose doubled quotes were taken out
};

}  // namespace toccata
