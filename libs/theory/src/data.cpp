// SPDX-License-Identifier: MIT
#include "data.hpp"

#include <toccata/base/assert.hpp>
#include <toccata/base/embedded.hpp>

namespace toccata {

namespace embedded {
std::span<const File> theory_data();
}  // namespace embedded

namespace detail {

Json theory_data(std::string_view name) {
  for (const auto& file : embedded::theory_data()) {
    if (file.name != name) continue;
    auto json = parse_json(file.text);
    TOCCATA_ASSERT(json.has_value());
    if (json) return *std::move(json);
  }
  return {};
}

std::string text_of(const Json& object, std::string_view member) {
  const Json* found = object.find(member);
  return found && found->text() ? *found->text() : std::string();
}

int integer_of(const Json& object, std::string_view member) {
  const Json* found = object.find(member);
  return found && found->integer() ? static_cast<int>(*found->integer()) : 0;
}

const Json::Array& items_of(const Json& object, std::string_view member) {
  static const Json::Array kNone;
  const Json* found = object.find(member);
  return found && found->array() ? *found->array() : kNone;
}

std::vector<int> integers_of(const Json& object, std::string_view member) {
  std::vector<int> integers;
  for (const auto& item : items_of(object, member))
    if (item.integer()) integers.push_back(static_cast<int>(*item.integer()));
  return integers;
}

std::vector<std::string> texts_of(const Json& object, std::string_view member) {
  std::vector<std::string> texts;
  for (const auto& item : items_of(object, member))
    if (item.text()) texts.push_back(*item.text());
  return texts;
}

}  // namespace detail
}  // namespace toccata
