// SPDX-License-Identifier: MIT
// docs/formats/brief.schema.json says what the reader takes, member by member.
#include "source_dir.hpp"

#include <string>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/plan/brief.hpp>

using namespace toccata;

namespace {

Json schema() {
  const auto content = read_file(test::source_dir() / "docs/formats/brief.schema.json");
  REQUIRE(content);
  auto json = parse_json(as_text(*content));
  REQUIRE(json);
  return *std::move(json);
}

/// A brief with one member beside its format, read.
Result<Brief, std::string> read_with(const std::string& member, Json value) {
  Json brief;
  brief.add("format", "toccata.brief/1");
  if (member != "format") brief.add(member, std::move(value));
  return brief_from_json(brief);
}
bool is_taken(const std::string& member, Json value) {
  return read_with(member, std::move(value)).has_value();
}

/// The same within "walk".
bool is_taken_in_walk(const std::string& member, Json value) {
  Json walk;
  walk.add(member, std::move(value));
  return is_taken("walk", std::move(walk));
}

/// What a rule for one value says, tried with `takes`.
template <class Takes>
void check_rule(const Json& rule, const Takes& takes) {
  if (const Json* values = rule.find("enum")) {
    for (const Json& value : *values->array()) CHECK(takes(value));
    CHECK_FALSE(takes("no such word"));
    CHECK_FALSE(takes(1));
  }
  if (const Json* least = rule.find("minimum")) {
    const Json& most = *rule.find("maximum");
    CHECK(takes(*least));
    CHECK(takes(most));
    CHECK_FALSE(takes(*least->number() - 1));
    CHECK_FALSE(takes(*most.number() + 1));
    CHECK_FALSE(takes("1"));
  }
  const Json* type = rule.find("type");
  if (type == nullptr) return;
  if (*type->text() == "integer") CHECK_FALSE(takes(1.5));
  if (*type->text() == "boolean") {
    CHECK(takes(true));
    CHECK_FALSE(takes("true"));
  }
  if (*type->text() == "string") CHECK_FALSE(takes(1));
  if (*type->text() == "array") CHECK_FALSE(takes("melody"));
}

std::string names_of(const Json& properties) {
  std::string names;
  for (const auto& [name, rule] : *properties.object()) names += (names.empty() ? "" : ", ") + name;
  return names;
}

}  // namespace

TEST_CASE("brief schema: it has the members that the reader has, in their order") {
  const Json json = schema();
  const auto unknown = read_with("tempoo", 1);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error() ==
        "unknown member \"tempoo\": allowed are " + names_of(*json.find("properties")));
  const auto in_walk = read_with("walk", Json(Json::Object{{"x", 1}}));
  REQUIRE_FALSE(in_walk);
  CHECK(in_walk.error().ends_with(names_of(*json.find("$defs")->find("walk")->find("properties"))));
}

TEST_CASE("brief schema: values at its limits are read, and those beyond are refused") {
  const Json json = schema();
  for (const auto& member : *json.find("properties")->object()) {
    const std::string& name = member.first;
    CAPTURE(name);
    check_rule(member.second, [&](Json value) { return is_taken(name, std::move(value)); });
  }
}

TEST_CASE("brief schema: the walk's limits and the parts are the reader's too") {
  const Json json = schema();
  const Json& defs = *json.find("$defs");
  for (const auto& member : *defs.find("walk")->find("properties")->object()) {
    const std::string& name = member.first;
    const Json& rule = member.second;
    CAPTURE(name);
    check_rule(rule, [&](Json value) { return is_taken_in_walk(name, std::move(value)); });
    if (const Json* items = rule.find("items"); items != nullptr && name == "steps")
      check_rule(*items, [](Json step) {
        return is_taken_in_walk("steps", Json(Json::Array{std::move(step)}));
      });
  }
  check_rule(*defs.find("part"),
             [](Json part) { return is_taken("parts", Json(Json::Array{std::move(part)})); });
  CHECK_FALSE(is_taken("parts", Json(Json::Array{"melody", "melody"})));
}
