// SPDX-License-Identifier: MIT
#include <string>

#include <doctest/doctest.h>
#include <toccata/plan/fold.hpp>

using namespace toccata;

TEST_CASE("folded: case and accents go, composed or combining, and all else stays") {
  CHECK(folded("Mélodie JOYEUSE") == "melodie joyeuse");
  CHECK(folded("Me\xCC\x81lodie") == "melodie");
  CHECK(folded("CŒUR, d’Été!") == "coeur, d'ete!");
  CHECK(folded("Straße Łódź") == "strasse lodz");
  CHECK(folded("日本 123") == "日本 123");
}

TEST_CASE("folded: any bytes are taken") {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  CHECK(folded(bytes).size() <= 2 * bytes.size());
}
