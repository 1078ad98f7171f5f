// SPDX-License-Identifier: MIT
// A place in a JSON value that knows its path, so that every fault says where it is.
#pragma once

#include <initializer_list>
#include <vector>

#include <toccata/text/score_json.hpp>

namespace toccata::detail {

template <class T>
using Read = Result<T, ScoreJsonError>;
using Fault = ScoreJsonError::Fault;

struct WholeRange {
  std::int64_t lowest, highest;
};
inline constexpr WholeRange kTickRange{0, kLastJsonTick};
inline constexpr WholeRange kDurationRange{1, kLastJsonTick};

/// A value and how it is reached. Valid as long as its parent and the Json are.
class Node {
 public:
  explicit Node(const Json& root) : value_(&root) {}

  bool exists() const { return value_ != nullptr; }
  const Json& json() const { return *value_; }
  /// A member, which may be absent. Range: an object (see expect_members).
  Node member(std::string_view name) const { return Node(value_->find(name), this, name, 0); }
  Node item(std::size_t index) const { return Node(&(*value_->array())[index], this, {}, index); }
  std::string path() const;

  /// Checks that this is an object with no members but these.
  Read<void> expect_members(std::initializer_list<std::string_view> allowed) const;
  Unexpected<ScoreJsonError> fail(Fault fault, std::string found, std::string allowed) const;

  /// Each reads this value and fails when it is absent, of another kind or out of range.
  Read<std::int64_t> whole(WholeRange range) const;
  Read<double> real(double lowest, double highest) const;
  Read<std::string> text() const;
  Read<bool> boolean() const;
  /// How many items; 0 when this is absent.
  Read<std::size_t> array_size() const;

  Read<std::int64_t> whole_or(WholeRange range, std::int64_t fallback) const {
    return exists() ? whole(range) : Read<std::int64_t>(fallback);
  }
  Read<std::string> text_or_empty() const { return exists() ? text() : Read<std::string>(""); }

  /// Reads this text by one of the engine's parsers, whose words say what is allowed.
  template <class Parser>
  auto parsed(Parser parse) const
      -> Read<typename decltype(parse(std::string_view()))::value_type> {
    auto words = text();
    if (!words) return Unexpected{std::move(words).error()};
    auto value = parse(std::string_view(*words));
    if (!value) return fail(Fault::OutOfRange, value.error(), {});
    return *std::move(value);
  }
  /// Reads the items of this array, which may be absent, each by read(Node).
  template <class T, class ReadItem>
  Read<std::vector<T>> items(ReadItem read) const {
    auto size = array_size();
    if (!size) return Unexpected{std::move(size).error()};
    std::vector<T> values;
    values.reserve(*size);
    for (std::size_t i = 0; i < *size; ++i) {
      Read<T> value = read(item(i));
      if (!value) return Unexpected{std::move(value).error()};
      values.push_back(*std::move(value));
    }
    return values;
  }

 private:
  Node(const Json* value, const Node* parent, std::string_view name, std::size_t index)
      : value_(value), parent_(parent), name_(name), index_(index) {}
  Read<void> expect_there() const;

  const Json* value_;
  const Node* parent_ = nullptr;
  std::string_view name_;  ///< empty for an item
  std::size_t index_ = 0;
};

}  // namespace toccata::detail
