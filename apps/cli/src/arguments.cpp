// SPDX-License-Identifier: MIT
#include "arguments.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace toccata::cli {
namespace {

/// The whole text as a number; no locale takes part.
template <class Number>
std::optional<Number> number_in(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

std::vector<OptionSpec> joined_rows(std::initializer_list<std::span<const OptionSpec>> tables) {
  std::vector<OptionSpec> rows;
  for (const auto table : tables) rows.insert(rows.end(), table.begin(), table.end());
  return rows;
}

std::optional<std::string> Arguments::text(std::string_view option) const {
  const auto found = values_.find(option);
  if (found == values_.end() || found->second.empty()) return std::nullopt;
  return found->second.front();
}

std::vector<std::string> Arguments::texts(std::string_view option) const {
  const auto found = values_.find(option);
  return found == values_.end() ? std::vector<std::string>{} : found->second;
}

Outcome<std::optional<double>> Arguments::real(std::string_view option, double lowest,
                                               double highest) const {
  const auto given = text(option);
  if (!given) return std::optional<double>();
  const auto number = number_in<double>(*given);
  if (!number || !std::isfinite(*number) || *number < lowest || *number > highest)
    return wrong_call(fmt::format("{} \"{}\": allowed is a number from {:g} to {:g}", option,
                                  *given, lowest, highest));
  return number;
}

Outcome<std::optional<std::int64_t>> Arguments::whole(std::string_view option, std::int64_t lowest,
                                                      std::int64_t highest) const {
  const auto given = text(option);
  if (!given) return std::optional<std::int64_t>();
  const auto number = number_in<std::int64_t>(*given);
  if (!number || *number < lowest || *number > highest)
    return wrong_call(fmt::format("{} \"{}\": allowed is a whole number from {} to {}", option,
                                  *given, lowest, highest));
  return number;
}

Outcome<std::optional<std::uint64_t>> Arguments::seed() const {
  const auto given = text("--seed");
  if (!given) return std::optional<std::uint64_t>();
  const auto number = number_in<std::uint64_t>(*given);
  if (!number)
    return wrong_call(
        fmt::format("--seed \"{}\": allowed is a whole number from 0 to {}", *given, UINT64_MAX));
  return number;
}

void Arguments::add(std::string_view option, std::vector<std::string> values) {
  values_.emplace(option, std::move(values));
}

}  // namespace toccata::cli
