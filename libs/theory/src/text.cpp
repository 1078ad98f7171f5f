// SPDX-License-Identifier: MIT
#include "text.hpp"

#include <utility>

namespace toccata::detail {

std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 32;
  std::size_t end = std::min(text.size(), kLongest);
  // A cut falls before a whole UTF-8 character, never into one.
  while (end < text.size() && end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
    --end;
  std::string shown = "\"";
  for (const char c : text.substr(0, end)) {
    const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    shown += control ? '?' : c;
  }
  return shown + (end < text.size() ? "...\"" : "\"");
}

std::string folded_name(std::string_view text) {
  std::string folded;
  for (const char c : text) {
    if (c == ' ' || c == '\t' || c == '-' || c == '_' || c == '\'') continue;
    folded += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return folded;
}

bool Cursor::take(std::string_view token) {
  if (!sees(token)) return false;
  rest_.remove_prefix(token.size());
  return true;
}

bool Cursor::take_any(std::initializer_list<std::string_view> tokens) {
  for (const auto token : tokens)
    if (take(token)) return true;
  return false;
}

std::optional<int> Cursor::take_number() {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  if (!is_digit(peek())) return std::nullopt;
  int number = 0;
  for (int digits = 0; digits < 2 && is_digit(peek()); ++digits) {
    number = 10 * number + (peek() - '0');
    rest_.remove_prefix(1);
  }
  return number;
}

std::optional<int> Cursor::take_accidental() {
  constexpr std::pair<std::string_view, int> kSigns[] = {
      {"b", -1},     {"#", 1},           {"x", 2},         {"\u266D", -1},
      {"\u266F", 1}, {"\U0001D12B", -2}, {"\U0001D12A", 2}};
  for (const auto& [sign, alteration] : kSigns)
    if (take(sign)) return alteration;
  return std::nullopt;
}

int Cursor::take_accidentals() {
  int sum = 0;
  for (;;) {
    const auto before = rest_;
    const auto sign = take_accidental();
    const int next = sum + sign.value_or(0);
    const bool turns = sign && sum != 0 && (*sign < 0) != (sum < 0);
    if (!sign || turns || next < -2 || next > 2) {
      rest_ = before;
      return sum;
    }
    sum = next;
  }
}

std::string accidental_text(int alteration) {
  return std::string(static_cast<std::size_t>(alteration < 0 ? -alteration : alteration),
                     alteration < 0 ? 'b' : '#');
}

}  // namespace toccata::detail
