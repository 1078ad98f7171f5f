// SPDX-License-Identifier: MIT
#include <string>

#include <doctest/doctest.h>
#include <toccata/base/json.hpp>

using namespace toccata;

TEST_CASE("JSON: what is written and read back is the same value") {
  Json value;
  value.add("name", "caf\xC3\xA9 \"quoted\"\n");
  value.add("list", Json::Array{1, -2.5, true, Json(), "x"});
  value.add("nested", Json::Object{{"empty", Json::Array{}}, {"big", std::int64_t{1} << 53}});
  for (const auto layout : {JsonLayout::Compact, JsonLayout::Indented}) {
    const auto again = parse_json(to_text(value, layout));
    REQUIRE(again);
    CHECK(*again == value);
  }
}

TEST_CASE("JSON: members keep their order") {
  const auto value = parse_json(R"({"z":1,"a":2})");
  REQUIRE(value);
  CHECK(to_text(*value, JsonLayout::Compact) == R"({"z":1,"a":2})");
}

TEST_CASE("JSON: what RFC 8259 does not allow is refused, with its place") {
  for (const char* text :
       {"", "{", "[1,]", "{\"a\":1,}", "01", "nan", "'x'", "[1] 2", "\"\xFF\"", "1e999", "{1:2}"})
    CHECK_FALSE(parse_json(text));
  const auto fault = parse_json("[1, oops]");
  REQUIRE_FALSE(fault);
  CHECK(fault.error().byte_offset == 5);
  const auto too_large = parse_json("[1e999]");
  REQUIRE_FALSE(too_large);
  CHECK(too_large.error().what.starts_with("number"));  // and not "[json.exception ..."
}

TEST_CASE("JSON: a member named twice is refused, in small objects and in large ones") {
  const auto twice = parse_json(R"({"a":1,"a":2})");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().byte_offset == 10);  // where the second name ends
  std::string large = "{";
  for (int i = 0; i < 40; ++i) large += "\"m" + std::to_string(i) + "\":0,";
  CHECK(parse_json(large + "\"m40\":0}"));
  CHECK_FALSE(parse_json(large + "\"m20\":0}"));
}

TEST_CASE("JSON: a million brackets are refused without deep recursion") {
  const auto deep = parse_json(std::string(1'000'000, '['));
  REQUIRE_FALSE(deep);
  CHECK(deep.error().byte_offset == 65);
  CHECK_FALSE(parse_json("[1,2,3,4]", JsonLimits{.depth = 64, .values = 4}));
}

TEST_CASE("JSON: whole numbers of 64 bits come back from text, and nothing else does") {
  for (const std::uint64_t value : {std::uint64_t{0}, std::uint64_t{INT64_MAX},
                                    std::uint64_t{1} << 63, std::uint64_t{UINT64_MAX}}) {
    const auto read = parse_json(to_text(Json(value)));
    REQUIRE(read.has_value());
    CHECK(read->whole() == value);
  }
  CHECK(Json("7").whole() == 7);
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "0x1", "1.0", "18446744073709551616"})
    CHECK_MESSAGE(!Json(text).whole().has_value(), text);
  for (const Json& other : {Json(-1), Json(1.0), Json(true), Json(), Json(Json::Array{Json(1)})})
    CHECK(!other.whole().has_value());
}
