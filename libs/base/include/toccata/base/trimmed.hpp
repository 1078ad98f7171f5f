// SPDX-License-Identifier: MIT
// Texts without the blanks around them.
#pragma once

#include <string_view>

namespace toccata {

/// The text without spaces, tabs, line and page ends at either end.
constexpr std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n\v\f";
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

}  // namespace toccata
