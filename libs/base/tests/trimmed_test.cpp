// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/base/trimmed.hpp>

using namespace toccata;

TEST_CASE("trimmed: blanks go at both ends and stay within") {
  CHECK(trimmed(" \t a b\r\n") == "a b");
  CHECK(trimmed("\v\fab") == "ab");
  CHECK(trimmed("ab") == "ab");
  CHECK(trimmed(" \n ").empty());
  CHECK(trimmed("").empty());
}
