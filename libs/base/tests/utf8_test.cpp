// SPDX-License-Identifier: MIT
#include <string>

#include <doctest/doctest.h>
#include <toccata/base/utf8.hpp>

using namespace toccata;

TEST_CASE("decode_utf8: overlong forms, surrogates and cut characters are single stray bytes") {
  for (const char* text : {"\xC0\xAF", "\xED\xA0\x80", "\xE2\x82", "\xFF", "\xF4\x90\x80\x80"}) {
    const auto found = decode_utf8(text, 0);
    CHECK_FALSE(found.is_valid);
    CHECK(found.bytes == 1);
  }
  CHECK(decode_utf8("\xF0\x9D\x84\x9E", 0).code == 0x1D11E);
}

TEST_CASE("as_utf8: what is UTF-8 stays, what is not is Latin-1") {
  for (const std::string text : {"", "Dr\xC3\xBCms", "\xF0\x9D\x84\x9E", "plain"})
    CHECK(as_utf8(text) == text);
  CHECK(as_utf8("Dr\xFCms") == "Dr\xC3\xBCms");
  CHECK(as_utf8("\xC3") == "\xC3\x83");
}
