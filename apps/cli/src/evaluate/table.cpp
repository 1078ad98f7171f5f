// SPDX-License-Identifier: MIT
#include "table.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace toccata::cli {
namespace {

std::string shown(const Json& value, Show show) {
  if (value.is_null()) return "-";
  if (const bool* flag = value.boolean()) return *flag ? "yes" : "NO";
  if (const std::string* text = value.text()) return *text;
  if (const std::int64_t* whole = value.integer()) return std::to_string(*whole);
  const double number = value.number().value_or(0);
  switch (show) {
    case Show::Percent: return fmt::format("{:.1f} %", 100 * number);
    case Show::FourDigits: return fmt::format("{:.4f}", number);
    case Show::Plain:
    case Show::TwoDigits: return fmt::format("{:.2f}", number);
  }
  return {};
}

}  // namespace

std::string to_text(const Table& table) {
  std::vector<std::vector<std::string>> lines(1);
  for (const Column& column : table.columns) lines[0].emplace_back(column.title);
  for (const auto& row : table.rows) {
    lines.emplace_back();
    for (std::size_t i = 0; i < row.size(); ++i)
      lines.back().push_back(shown(row[i], table.columns[i].show));
  }
  std::vector<std::size_t> widths(table.columns.size(), 1);
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  std::string text = fmt::format("## {}\n\n{}\n\n", table.title, table.about);
  for (std::size_t l = 0; l < lines.size(); ++l) {
    for (std::size_t i = 0; i < lines[l].size(); ++i)
      text += fmt::format("| {:<{}} ", lines[l][i], widths[i]);
    text += "|\n";
    if (l > 0) continue;
    for (const std::size_t width : widths) text += fmt::format("|{:-<{}}", "", width + 2);
    text += "|\n";
  }
  return text + "\n";
}

Json to_json(const Table& table) {
  Json rows = Json::Array{};
  for (const auto& row : table.rows) {
    Json item;
    for (std::size_t i = 0; i < row.size(); ++i) item.add(table.columns[i].key, row[i]);
    rows.push(std::move(item));
  }
  return rows;
}

Held held_in(const Table& table, std::string_view key) {
  const auto column = std::ranges::find(table.columns, key, &Column::key);
  Held held;
  if (column == table.columns.end()) return held;
  for (const auto& row : table.rows)
    if (const bool* flag = row[static_cast<std::size_t>(column - table.columns.begin())].boolean())
      held.held += *flag ? 1 : 0, ++held.rows;
  return held;
}

}  // namespace toccata::cli
