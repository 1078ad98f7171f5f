// SPDX-License-Identifier: MIT
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

TEST_CASE("decode_utf8: overlong forms, surrogates and cut characters are single stray bytes") {
  for (const char* text : {"\xC0\xAF", "\xED\xA0\x80", "\xE2\x82", "\xFF", "\xF4\x90\x80\x80"}) {
    const auto found = decode_utf8(text, 0);
    CHECK_FALSE(found.is_valid);
    CHECK(found.bytes == 1);
  }
  CHECK(decode_utf8("\xF0\x9D\x84\x9E", 0).code == 0x1D11E);
}

TEST_CASE("folded: any bytes are taken") {
  std::string bytes;
  for (int i = 0; i < 256; ++i) bytes += static_cast<char>(i);
  CHECK(folded(bytes).size() <= 2 * bytes.size());
}
