// SPDX-License-Identifier: MIT
#include "report.hpp"

#include <fmt/format.h>

namespace toccata::cli {
namespace {

/// Of what was asked: a refusal obeys nothing.
double share_of(const Tally& row) {
  return row.asked == 0 ? 1 : static_cast<double>(row.obtained) / static_cast<double>(row.asked);
}

std::string percent(double share) { return fmt::format("{:.1f} %", 100 * share); }

std::string line(std::string_view name, std::string_view asked, std::string_view obtained,
                 std::string_view refused, std::string_view share, std::string_view by_chance,
                 std::string_view about) {
  std::string text = fmt::format("{:<28}{:>6}{:>10}{:>9}{:>9}{:>11}", name, asked, obtained,
                                 refused, share, by_chance);
  return text + (about.empty() ? "" : fmt::format("  {}", about)) + "\n";
}

std::string told(std::string_view word, const std::vector<Miss>& misses) {
  std::string text;
  for (const Miss& miss : misses)
    text += fmt::format("{}: {}: {} <- {}\n", word, miss.name, miss.found,
                        to_text(miss.ask, JsonLayout::Compact));
  return text;
}

Json to_json(const std::vector<Miss>& misses) {
  Json list = Json::Array{};
  for (const Miss& miss : misses) {
    Json item;
    item.add("control", miss.name);
    item.add("found", miss.found);
    item.add("asked", miss.ask);
    list.push(std::move(item));
  }
  return list;
}

}  // namespace

std::string to_text(const Report& report) {
  std::string text =
      fmt::format("{}, {} pieces, seed {}\n\n", report.title, report.pieces, report.seed) +
      line("control", "asked", "obtained", "refused", "share", "by chance", "");
  for (const Tally& row : report.rows)
    text += line(row.name, std::to_string(row.asked), std::to_string(row.obtained),
                 std::to_string(row.refused), percent(share_of(row)),
                 row.by_chance ? percent(*row.by_chance) : "", row.about);
  const std::string details =
      told("not obtained", report.misses) + told("refused", report.refusals);
  return text + (details.empty() ? "" : "\n" + details);
}

Json to_json(const Report& report) {
  Json json;
  json.add("format", "toccata.obedience/1");
  json.add("title", report.title);
  json.add("pieces", static_cast<std::int64_t>(report.pieces));
  json.add("seed", report.seed);
  Json rows = Json::Array{};
  for (const Tally& row : report.rows) {
    Json item;
    item.add("control", row.name);
    item.add("asked", static_cast<std::int64_t>(row.asked));
    item.add("obtained", static_cast<std::int64_t>(row.obtained));
    item.add("refused", static_cast<std::int64_t>(row.refused));
    item.add("share", share_of(row));
    item.add("by_chance", row.by_chance ? Json(*row.by_chance) : Json());
    item.add("holds_when", row.about);
    rows.push(std::move(item));
  }
  json.add("controls", std::move(rows));
  json.add("misses", to_json(report.misses));
  json.add("refusals", to_json(report.refusals));
  return json;
}

}  // namespace toccata::cli
