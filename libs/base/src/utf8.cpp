// SPDX-License-Identifier: MIT
#include <toccata/base/utf8.hpp>

namespace toccata {
namespace {

/// How many bytes the first one announces, and the bits of the code that it carries.
struct Lead {
  std::size_t bytes;
  char32_t bits;
  char32_t least;  ///< smallest code of that length
};
constexpr Lead lead_of(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return {2, byte & 0x1Fu, 0x80};
  if (byte >= 0xE0 && byte <= 0xEF) return {3, byte & 0x0Fu, 0x800};
  if (byte >= 0xF0 && byte <= 0xF4) return {4, byte & 0x07u, 0x10000};
  return {0, 0, 0};
}

}  // namespace

Utf8Char decode_utf8(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  constexpr Utf8Char kStray{0xFFFD, 1, false};
  const Lead lead = lead_of(byte(0));
  if (lead.bytes == 0 || at + lead.bytes > text.size()) return kStray;
  char32_t code = lead.bits;
  for (std::size_t i = 1; i < lead.bytes; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return kStray;
    code = code << 6 | (byte(i) & 0x3Fu);
  }
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < lead.least || code > 0x10FFFF || is_surrogate) return kStray;
  return {code, lead.bytes, true};
}

std::string as_utf8(std::string_view text) {
  bool is_utf8 = true;
  for (std::size_t at = 0; is_utf8 && at < text.size();) {
    const Utf8Char next = decode_utf8(text, at);
    is_utf8 = next.is_valid;
    at += next.bytes;
  }
  if (is_utf8) return std::string(text);
  std::string converted;
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x80) {
      converted += c;
    } else {
      converted += static_cast<char>(0xC0 | code >> 6);
      converted += static_cast<char>(0x80 | (code & 0x3F));
    }
  }
  return converted;
}

}  // namespace toccata
