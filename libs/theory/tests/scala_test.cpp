// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/theory/scala.hpp>

using namespace toccata;

namespace {

constexpr const char* kPythagorean = R"(! pyth_7.scl
!
Seven notes from fifths
 7
!
 9/8
 81/64 the third
 4/3
 3/2
 27/16
 243/128
 2/1
)";

/// Rast with its third and seventh half-flat.
constexpr const char* kRast = "! rast\nRast\n7\n200.\n350.0\n500.\n700.\n900.\n1050.\n2/1\n";

ScalaFault fault_of(std::string_view text) {
  const auto scale = parse_scala(text);
  REQUIRE_FALSE(scale);
  CHECK(describe(scale.error()).find("line ") == 0);
  return scale.error().fault;
}

ScalaScale scale_of(std::string_view text) {
  auto scale = parse_scala(text);
  if (!scale) FAIL(describe(scale.error()));
  return *std::move(scale);
}

}  // namespace

TEST_CASE("scala: ratios and cents are read, comments and remarks passed over") {
  const ScalaScale scale = scale_of(kPythagorean);
  CHECK(scale.description == "Seven notes from fifths");
  REQUIRE(scale.cents.size() == 7);
  CHECK(scale.cents[3] == doctest::Approx(701.955).epsilon(1e-6));
  CHECK(scale.cents[1] == doctest::Approx(407.82).epsilon(1e-6));
  CHECK(scale.period() == 1200);
  const ScalaScale words = scale_of("x\r\n3\r\n -5. a cent is 1/100\r\n5\r\n1200.0 cents\r\n");
  CHECK(words.cents[0] == -5);
  CHECK(words.cents[1] == doctest::Approx(2786.3137).epsilon(1e-7));
}

TEST_CASE("scala: a description may be empty, the last line may lack its end") {
  CHECK(scale_of("\n1\n2/1").cents.size() == 1);
  CHECK(scale_of("! c\n\n2\n600.\n2").period() == 1200);
}

TEST_CASE("scala: what is wrong is named with its line") {
  CHECK(fault_of("") == ScalaFault::CutOff);
  CHECK(fault_of("only a name") == ScalaFault::CutOff);
  CHECK(fault_of("x\nseven\n") == ScalaFault::Count);
  CHECK(fault_of("x\n0\n") == ScalaFault::Count);
  CHECK(fault_of("x\n99999999999\n") == ScalaFault::Count);
  CHECK(fault_of("x\n2\n9/8\n") == ScalaFault::CutOff);
  for (const char* degree :
       {"x", "3/0", "0", "-3/2", "1.2.3", "3/2/1", "nan", "1e3.", ".", "-", "/"})
    CHECK(fault_of(std::string("x\n1\n") + degree + "\n") == ScalaFault::Degree);
  CHECK(fault_of("x\n1\n10000.5\n") == ScalaFault::TooMuch);
  CHECK(fault_of("x\n2\n9/8\n1/1\n") == ScalaFault::Period);
  CHECK(parse_scala("x\n2\n9/8\n!\nbad\n").error().line == 5);
}

TEST_CASE("scala: one degree a key; twelve equal degrees change nothing") {
  std::string equal = "12 equal\n12\n";
  for (int i = 1; i <= 12; ++i) equal += std::to_string(100 * i) + ".\n";
  for (const double cents : key_cents(scale_of(equal), 60, ScalaKeys::OneADegree))
    CHECK(cents == 0);
  const auto seven = key_cents(scale_of(kPythagorean), 60, ScalaKeys::OneADegree);
  CHECK(seven[60] == 0);
  CHECK(seven[67] == doctest::Approx(1200 - 700));  // seven keys up, one octave
  CHECK(seven[53] == doctest::Approx(-1200 + 700));
  CHECK(seven[59] == doctest::Approx(1109.775 - 1200 + 100).epsilon(1e-6));
}

TEST_CASE("scala: degrees on the nearest keys leave the piano's layout as it is") {
  const auto rast = key_cents(scale_of(kRast), 62, ScalaKeys::Nearest);
  for (const int tonic : {2, 14, 62, 74, 122}) {
    CHECK(rast[static_cast<std::size_t>(tonic)] == 0);
    CHECK(rast[static_cast<std::size_t>(tonic + 4)] == -50);  // between two keys: the upper one
  }
  CHECK(rast[61] == -50);
  CHECK(rast[63] == 0);  // no degree: as it was
  CHECK(rast[69] == 0);
}
