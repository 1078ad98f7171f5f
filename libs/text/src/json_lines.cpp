// SPDX-License-Identifier: MIT
#include "json_lines.hpp"

#include <toccata/base/json.hpp>

namespace toccata::detail {

std::string json_quoted(std::string_view text) { return to_text(Json(text), JsonLayout::Compact); }

void Record::begin(std::string_view name) {
  out_ += out_.empty() ? "{\"" : ", \"";
  out_ += name;
  out_ += "\": ";
}

Record& Record::add(std::string_view name, std::int64_t value) {
  begin(name);
  out_ += std::to_string(value);
  return *this;
}

Record& Record::add(std::string_view name, double value) {
  begin(name);
  const bool is_whole =
      value > -1e6 && value < 1e6 && static_cast<double>(static_cast<std::int64_t>(value)) == value;
  out_ += is_whole ? std::to_string(static_cast<std::int64_t>(value))
                   : to_text(Json(value), JsonLayout::Compact);
  return *this;
}

Record& Record::add(std::string_view name, std::string_view value) {
  begin(name);
  out_ += json_quoted(value);
  return *this;
}

Record& Record::add(std::string_view name, const std::vector<std::string_view>& values) {
  begin(name);
  out_ += '[';
  for (std::size_t i = 0; i < values.size(); ++i)
    out_ += (i > 0 ? ", " : "") + json_quoted(values[i]);
  out_ += ']';
  return *this;
}

Record& Record::add_json(std::string_view name, std::string_view json) {
  begin(name);
  out_ += json;
  return *this;
}

void Lines::add(std::string_view name, std::string_view json) {
  out_ += (out_.empty() ? "" : ",") + indent(1) + json_quoted(name) + ": ";
  out_ += json;
}

void Lines::add_items(std::string_view name, const std::vector<std::string>& items) {
  std::string list = "[";
  for (std::size_t i = 0; i < items.size(); ++i) {
    list += (i > 0 ? "," : "") + indent(2);
    list += items[i];
  }
  add(name, list + (items.empty() ? "]" : indent(1) + "]"));
}

std::string Lines::text() const { return "{" + out_ + indent(0) + "}"; }

}  // namespace toccata::detail
