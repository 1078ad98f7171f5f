// SPDX-License-Identifier: MIT
// JSON values, read from text with clear faults and written with a stable layout.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <toccata/base/result.hpp>

namespace toccata {

/// A JSON value. Objects keep the order of their members, so that writing is reproducible.
class Json {
 public:
  using Array = std::vector<Json>;
  using Member = std::pair<std::string, Json>;
  using Object = std::vector<Member>;

  Json() = default;  ///< null
  Json(std::nullptr_t) {}
  Json(bool value) : value_(value) {}
  Json(int value) : value_(std::int64_t{value}) {}
  Json(std::int64_t value) : value_(value) {}
  Json(std::uint64_t
           value);  ///< over 2^63 - 1 it is held as text, since most readers lose its last digits
  Json(double value) : value_(value) {}
  Json(std::string value) : value_(std::move(value)) {}
  Json(std::string_view value) : value_(std::string(value)) {}
  Json(const char* value) : value_(std::string(value)) {}
  Json(Array items) : value_(std::move(items)) {}
  Json(Object members) : value_(std::move(members)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(value_); }
  /// Each gives a pointer to the value when it is of that type, else null.
  const bool* boolean() const { return std::get_if<bool>(&value_); }
  const std::int64_t* integer() const { return std::get_if<std::int64_t>(&value_); }
  const std::string* text() const { return std::get_if<std::string>(&value_); }
  const Array* array() const { return std::get_if<Array>(&value_); }
  const Object* object() const { return std::get_if<Object>(&value_); }
  Array* array() { return std::get_if<Array>(&value_); }
  Object* object() { return std::get_if<Object>(&value_); }
  /// An integer or a real number, as a double.
  std::optional<double> number() const;
  /// A whole number from 0 to 2^64 - 1, be it an integer or decimal digits in a text, as the
  /// constructor from std::uint64_t holds what is over 2^63 - 1.
  std::optional<std::uint64_t> whole() const;

  /// The member of that name, or null when this is no object or has none.
  const Json* find(std::string_view name) const;
  /// Adds a member. Range: this is an object, or null (which becomes one).
  void add(std::string name, Json value);
  /// Adds an item. Range: this is an array, or null (which becomes one).
  void push(Json value);

  /// "an object", "a number" ...: for messages.
  const char* kind() const;

  friend bool operator==(const Json&, const Json&) = default;

 private:
  std::variant<std::monostate, bool, std::int64_t, double, std::string, Array, Object> value_;
};

/// Why a text is not JSON, and where.
struct JsonError {
  std::size_t byte_offset;
  std::string what;
};
/// "byte 17: expected ':'".
std::string describe(const JsonError& error);

/// Limits that keep hostile text from exhausting memory or the stack.
struct JsonLimits {
  std::size_t depth = 64;           ///< nested arrays and objects
  std::size_t values = 20'000'000;  ///< values in all
};

/// Reads one JSON value. Errors: anything RFC 8259 does not allow, text after the value, a member
/// named twice, a number that no double holds, invalid UTF-8, a limit passed.
/// Source: RFC 8259. Cost: O(length).
Result<Json, JsonError> parse_json(std::string_view text, const JsonLimits& limits = {});

enum class JsonLayout : std::uint8_t { Compact, Indented };
/// Writes a value. Indented: two spaces, arrays and objects that hold only plain values on one
/// line.
std::string to_text(const Json& value, JsonLayout layout = JsonLayout::Indented);

}  // namespace toccata
