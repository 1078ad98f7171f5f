// SPDX-License-Identifier: MIT
#include "json_node.hpp"

#include <algorithm>

namespace toccata::detail {
namespace {

/// A value as a message shows it: short ones whole, others by their kind.
std::string shown(const Json& value) {
  if (value.array() != nullptr || value.object() != nullptr) return value.kind();
  const std::string text = to_text(value, JsonLayout::Compact);
  return text.size() <= 60 ? text : value.kind();
}

std::string shown(double number) { return to_text(Json(number), JsonLayout::Compact); }

}  // namespace

std::string Node::path() const {
  if (parent_ == nullptr) return {};
  const std::string before = parent_->path();
  if (name_.empty()) return before + "[" + std::to_string(index_) + "]";
  return before.empty() ? std::string(name_) : before + "." + std::string(name_);
}

Unexpected<ScoreJsonError> Node::fail(Fault fault, std::string found, std::string allowed) const {
  return Unexpected{ScoreJsonError{fault, path(), std::move(found), std::move(allowed)}};
}

Read<void> Node::expect_members(std::initializer_list<std::string_view> allowed) const {
  if (value_ == nullptr) return fail(Fault::Missing, {}, "an object");
  if (value_->object() == nullptr) return fail(Fault::WrongKind, value_->kind(), "an object");
  for (const auto& [name, value] : *value_->object()) {
    if (std::ranges::find(allowed, name) != allowed.end()) continue;
    std::string names;
    for (std::string_view one : allowed) names += (names.empty() ? "" : ", ") + std::string(one);
    const std::string found = name.size() <= 40 ? name : name.substr(0, 40) + "...";
    return fail(Fault::Unknown, found, names);
  }
  return {};
}

Read<void> Node::expect_there() const {
  if (value_ == nullptr) return fail(Fault::Missing, {}, {});
  return {};
}

Read<std::int64_t> Node::whole(WholeRange range) const {
  const std::string allowed = std::to_string(range.lowest) + ".." + std::to_string(range.highest);
  if (value_ == nullptr) return fail(Fault::Missing, {}, "a whole number, " + allowed);
  const std::int64_t* number = value_->integer();
  if (number == nullptr)
    return fail(value_->number() ? Fault::OutOfRange : Fault::WrongKind, shown(*value_),
                "whole numbers, " + allowed);
  if (*number < range.lowest || *number > range.highest)
    return fail(Fault::OutOfRange, shown(*value_), allowed);
  return *number;
}

Read<double> Node::real(double lowest, double highest) const {
  const std::string allowed = shown(lowest) + " to " + shown(highest);
  if (value_ == nullptr) return fail(Fault::Missing, {}, "a number, " + allowed);
  const auto number = value_->number();
  if (!number) return fail(Fault::WrongKind, shown(*value_), "a number, " + allowed);
  if (!(*number >= lowest && *number <= highest))
    return fail(Fault::OutOfRange, shown(*value_), allowed);
  return *number;
}

Read<std::string> Node::text() const {
  TOCCATA_CHECK(expect_there());
  if (value_->text() == nullptr) return fail(Fault::WrongKind, shown(*value_), "a string");
  return *value_->text();
}

Read<bool> Node::boolean() const {
  TOCCATA_CHECK(expect_there());
  if (value_->boolean() == nullptr) return fail(Fault::WrongKind, shown(*value_), "true or false");
  return *value_->boolean();
}

Read<std::size_t> Node::array_size() const {
  if (value_ == nullptr) return std::size_t{0};
  if (value_->array() == nullptr) return fail(Fault::WrongKind, shown(*value_), "an array");
  return value_->array()->size();
}

}  // namespace toccata::detail
