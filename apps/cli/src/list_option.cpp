// SPDX-License-Identifier: MIT
#include "list_option.hpp"

#include <fmt/format.h>

namespace toccata::cli {

Outcome<std::vector<std::string>> items_of(std::string_view option, const std::string& text) {
  std::vector<std::string> items;
  std::string_view rest = text;
  for (;;) {
    const auto comma = rest.find(',');
    std::string_view item = rest.substr(0, comma);
    while (item.starts_with(' ')) item.remove_prefix(1);
    while (item.ends_with(' ')) item.remove_suffix(1);
    if (item.empty())
      return wrong_call(fmt::format(
          "{} \"{}\": an item is empty, allowed are items with commas between them", option, text));
    items.emplace_back(item);
    if (comma == std::string_view::npos) return items;
    rest.remove_prefix(comma + 1);
  }
}

}  // namespace toccata::cli
