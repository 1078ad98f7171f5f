// SPDX-License-Identifier: MIT
// Option values that are lists: "a, b, c".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "failure.hpp"

namespace toccata::cli {

/// The items of a list with commas, spaces around them left off. Errors: an empty item.
Outcome<std::vector<std::string>> items_of(std::string_view option, const std::string& text);

/// "a, b, c".
template <class Names>
std::string joined(const Names& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

}  // namespace toccata::cli
