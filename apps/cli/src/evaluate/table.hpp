// SPDX-License-Identifier: MIT
// Tables of a report, which go to people as text and to programs as JSON.
#pragma once

#include <string>
#include <vector>

#include <toccata/base/json.hpp>

namespace toccata::cli {

/// How a column's numbers are shown; in JSON they stay as they are.
enum class Show : std::uint8_t { Plain, Percent, TwoDigits, FourDigits };

struct Column {
  const char* key;    ///< in JSON
  const char* title;  ///< in text
  Show show = Show::Plain;
};

struct Table {
  std::string key;    ///< in JSON
  std::string title;  ///< in text
  std::string about;  ///< what is measured, and what holds
  std::vector<Column> columns;
  std::vector<std::vector<Json>> rows;  ///< each as long as columns; null where nothing is known
};

/// In Markdown, its columns in line.
std::string to_text(const Table& table);
/// An array with an object a row.
Json to_json(const Table& table);

/// How many rows have true in the column of that key, of those that have true or false.
struct Held {
  std::size_t held = 0, rows = 0;
};
Held held_in(const Table& table, std::string_view key = "holds");

}  // namespace toccata::cli
