// SPDX-License-Identifier: MIT
#include "names.hpp"

#include <array>
#include <charconv>

#include <toccata/plan/fold.hpp>

namespace toccata::plan_detail {

std::string joined(std::span<const std::string_view> names) {
  std::string out;
  for (const auto name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kLongest = 60;
  std::string out = "\"";
  for (std::size_t at = 0; at < text.size();) {
    const auto next = decode_utf8(text, at);
    if (out.size() + next.bytes > kLongest) {
      out += "...";
      break;
    }
    const bool is_plain = next.is_valid && next.code >= 0x20 && next.code != 0x7F;
    out += is_plain ? text.substr(at, next.bytes) : std::string_view("?");
    at += next.bytes;
  }
  return out + "\"";
}

std::string number_text(double number) {
  std::array<char, 64> buffer;
  const auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  return error == std::errc() ? std::string(buffer.data(), end) : std::string("?");
}

}  // namespace toccata::plan_detail
