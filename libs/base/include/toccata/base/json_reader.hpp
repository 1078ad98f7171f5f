// SPDX-License-Identifier: MIT
// Members of JSON objects read into variables, with the first fault kept and said in words.
#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <toccata/base/json.hpp>

namespace toccata {

/// One object of a file. A variable whose member is missing stays as it is. Keeps the first fault;
/// members that were never asked for are faults too.
class JsonReader {
 public:
  JsonReader(const Json& object, std::string path, std::string& fault)
      : object_(object), path_(std::move(path)), fault_(fault) {
    if (object.object() == nullptr) fail("", "must be an object");
  }

  void number(std::string_view name, double& value, double lowest, double highest) {
    const Json* member = get(name);
    if (member == nullptr) return;
    const auto found = member->number();
    if (!found || *found < lowest || *found > highest)
      return fail(name, "must be a number from " + to_text(Json(lowest), JsonLayout::Compact) +
                            " to " + to_text(Json(highest), JsonLayout::Compact));
    value = *found;
  }
  void number(std::string_view name, std::optional<double>& value, double lowest, double highest) {
    double found = value.value_or(0);
    number(name, found, lowest, highest);
    if (object_.find(name) != nullptr) value = found;
  }
  void share(std::string_view name, double& value) { number(name, value, 0, 1); }
  void whole(std::string_view name, int& value, int lowest, int highest) {
    double found = value;
    number(name, found, lowest, highest);
    if (found != static_cast<int>(found)) return fail(name, "must be a whole number");
    value = static_cast<int>(found);
  }
  void text(std::string_view name, std::string& value) {
    const Json* member = get(name);
    if (member == nullptr) return;
    if (member->text() == nullptr) return fail(name, "must be a string");
    value = *member->text();
  }
  void flag(std::string_view name, bool& value) {
    const Json* member = get(name);
    if (member == nullptr) return;
    if (member->boolean() == nullptr) return fail(name, "must be true or false");
    value = *member->boolean();
  }
  void texts(std::string_view name, std::vector<std::string>& values) {
    each(name, [&](const Json& item, const std::string& path) {
      if (item.text() != nullptr) values.push_back(*item.text());
      else if (fault_.empty()) fault_ = path + " must be a string";
    });
  }
  void wholes(std::string_view name, std::vector<int>& values, int lowest, int highest) {
    each(name, [&](const Json& item, const std::string& path) {
      const auto found = item.integer();
      if (found && *found >= lowest && *found <= highest)
        values.push_back(static_cast<int>(*found));
      else if (fault_.empty())
        fault_ = path + " must be a whole number from " + std::to_string(lowest) + " to " +
                 std::to_string(highest);
    });
  }
  template <class Enum, std::size_t N>
  void choice(std::string_view name, Enum& value,
              const std::array<std::pair<std::string_view, Enum>, N>& table) {
    std::string word;
    text(name, word);
    if (word.empty()) return;
    const auto found = std::ranges::find(table, word, [](const auto& row) { return row.first; });
    if (found != table.end()) {
      value = found->second;
      return;
    }
    std::string allowed;
    for (const auto& row : table)
      allowed += (allowed.empty() ? "\"" : ", \"") + std::string(row.first) + "\"";
    fail(name, "knows no \"" + escaped(word) + "\", allowed are " + allowed);
  }
  /// Calls read(Reader) for an object member, if there is one.
  template <class Read>
  void object(std::string_view name, Read read) {
    const Json* member = get(name);
    if (member == nullptr) return;
    JsonReader inner(*member, path_ + "." + std::string(name), fault_);
    read(inner);
    inner.finish();
  }
  template <class Read>
  void objects(std::string_view name, Read read) {
    each(name, [&](const Json& item, const std::string& path) {
      JsonReader inner(item, path, fault_);
      read(inner);
      inner.finish();
    });
  }
  /// Calls read(name, value) for each member of an object member.
  template <class Read>
  void members(std::string_view name, Read read) {
    const Json* member = get(name);
    if (member == nullptr) return;
    if (member->object() == nullptr) return fail(name, "must be an object");
    for (const auto& [key, value] : *member->object()) read(key, value);
  }
  /// Calls read(name, JsonReader) for each member of an object member, objects all.
  template <class Read>
  void named_objects(std::string_view name, Read read) {
    members(name, [&](const std::string& key, const Json& value) {
      JsonReader inner(value, path_ + "." + std::string(name) + ".\"" + escaped(key) + "\"",
                       fault_);
      read(key, inner);
      inner.finish();
    });
  }
  void fail(std::string_view name, const std::string& what) {
    if (fault_.empty()) fault_ = path_ + (name.empty() ? "" : ".") + escaped(name) + " " + what;
  }
  /// Refuses what no reader asked for.
  void finish() {
    if (object_.object() == nullptr) return;
    for (const auto& [name, value] : *object_.object())
      if (std::ranges::find(known_, name) == known_.end()) fail(name, "is unknown" + allowed());
  }

 private:
  /// A file's own words in a fault, which is one line: as JSON writes them.
  static std::string escaped(std::string_view word) {
    const std::string quoted = to_text(Json(std::string(word)), JsonLayout::Compact);
    return quoted.substr(1, quoted.size() - 2);
  }
  /// ", allowed are a, b": what was asked for.
  std::string allowed() const {
    std::string names;
    for (const std::string& name : known_)
      names += (names.empty() ? ", allowed are " : ", ") + name;
    return names;
  }
  const Json* get(std::string_view name) {
    known_.emplace_back(name);
    return object_.find(name);
  }
  template <class Read>
  void each(std::string_view name, Read read) {
    const Json* member = get(name);
    if (member == nullptr) return;
    if (member->array() == nullptr) return fail(name, "must be an array");
    for (std::size_t i = 0; i < member->array()->size(); ++i)
      read((*member->array())[i], path_ + "." + std::string(name) + "[" + std::to_string(i) + "]");
  }

  const Json& object_;
  std::string path_;
  std::string& fault_;
  std::vector<std::string> known_;
};

}  // namespace toccata
