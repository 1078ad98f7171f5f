// SPDX-License-Identifier: MIT
#include "musicxml/reading.hpp"

#include <algorithm>
#include <charconv>

#include <toccata/base/trimmed.hpp>

namespace toccata::musicxml::detail {

int Reading::line_of(pugi::xml_node node) {
  const std::ptrdiff_t offset = node.offset_debug();
  if (offset < 0) return 0;
  if (line_breaks_.empty())
    for (std::size_t i = 0; i < text_.size(); ++i)
      if (text_[i] == '\n') line_breaks_.push_back(i);
  const auto before = std::ranges::lower_bound(line_breaks_, static_cast<std::size_t>(offset));
  return static_cast<int>(before - line_breaks_.begin()) + 1;
}

Unexpected<ReadError> Reading::refuse(Fault fault, pugi::xml_node at, std::string_view found) {
  return Unexpected{
      ReadError{fault, part_, measure_, line_of(at), std::string(found.substr(0, 60))}};
}

Check Reading::fault(Fault fault, pugi::xml_node at, std::string_view found) {
  auto error = refuse(fault, at, found);
  if (repair_ == Repair::None) return error;
  repairs_.push_back(std::move(error.error));
  return {};
}

std::string_view text_of(pugi::xml_node node) { return trimmed(node.child_value()); }

std::optional<int> whole_of(std::string_view text) {
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<Rational> decimal_of(std::string_view text) {
  text = trimmed(text);
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) text.remove_prefix(1);
  constexpr std::size_t kMostWhole = 9, kMostFraction = 6;
  const auto point = std::min(text.find('.'), text.size());
  const std::string_view fraction = text.substr(std::min(point + 1, text.size()));
  if (point > kMostWhole || point + fraction.size() == 0) return std::nullopt;
  std::int64_t number = 0, unit = 1;
  const auto add = [&](char c) {
    number = number * 10 + (c - '0');
    return c >= '0' && c <= '9';
  };
  for (char c : text.substr(0, point))
    if (!add(c)) return std::nullopt;
  for (std::size_t i = 0; i < fraction.size(); ++i) {
    if (fraction[i] < '0' || fraction[i] > '9') return std::nullopt;
    if (i >= kMostFraction) continue;
    add(fraction[i]);
    unit *= 10;
  }
  return Rational(is_negative ? -number : number, unit);
}

bool says_yes(pugi::xml_attribute attribute) {
  return std::string_view(attribute.value()) == "yes";
}

}  // namespace toccata::musicxml::detail
