// SPDX-License-Identifier: MIT
// Writes JSON objects of plain values on lines of their own: faster than building values first.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace toccata::detail {

/// `text` as a JSON string; bytes that are no UTF-8 become U+FFFD.
std::string json_quoted(std::string_view text);

/// One object on one line: {"id": 1, "onset": 0}.
class Record {
 public:
  Record& add(std::string_view name, std::int64_t value);
  Record& add(std::string_view name, double value);
  Record& add(std::string_view name, std::string_view value);
  Record& add(std::string_view name, const std::vector<std::string_view>& values);
  /// A value that is JSON already.
  Record& add_json(std::string_view name, std::string_view json);
  std::string text() const { return out_.empty() ? "{}" : out_ + "}"; }

 private:
  void begin(std::string_view name);
  std::string out_;
};

/// Members of an object, a line each; arrays with an item a line.
class Lines {
 public:
  explicit Lines(int depth) : depth_(depth) {}
  void add(std::string_view name, std::string_view json);
  void add_items(std::string_view name, const std::vector<std::string>& items);
  /// The whole object.
  std::string text() const;

 private:
  std::string indent(int more) const {
    return "\n" + std::string(static_cast<std::size_t>(depth_ + more) * 2, ' ');
  }
  int depth_;
  std::string out_;
};

}  // namespace toccata::detail
