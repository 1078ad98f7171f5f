// SPDX-License-Identifier: MIT
#include <toccata/plan/fold.hpp>

namespace toccata {
namespace {

constexpr char32_t kFirstFolded = 0xC0, kLastFolded = 0x17F;
/// Letters of Latin-1 and Latin Extended-A; "" where the character is no letter.
/// Source: the canonical decompositions of Unicode 15, and ae, oe, ss, th for single letters.
constexpr std::string_view kFolded[] = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i",  "i", "i", "d", "n",
    "o", "o", "o",  "o",  "o", "",  "o",  "u",  "u",  "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", "",  "o",  "u",  "u", "u", "u",  "y",  "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d",  "d", "e", "e", "e",  "e",  "e", "e", "e", "e",
    "e", "e", "g",  "g",  "g", "g", "g",  "g",  "g",  "g", "h", "h", "h",  "h",  "i", "i", "i", "i",
    "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j",  "j", "k", "k", "k",  "l",  "l", "l", "l", "l",
    "l", "",  "",   "l",  "l", "n", "n",  "n",  "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r",  "r", "s", "s", "s",  "s",  "s", "s", "s", "s",
    "t", "t", "t",  "t",  "t", "t", "u",  "u",  "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u",
    "w", "w", "y",  "y",  "y", "z", "z",  "z",  "z",  "z", "z", "s",
};
static_assert(std::size(kFolded) == kLastFolded - kFirstFolded + 1);

constexpr std::string_view kAscii = "0123456789abcdefghijklmnopqrstuvwxyz";

constexpr bool is_apostrophe(char32_t code) {
  return code == 0x27 || code == 0x2018 || code == 0x2019 || code == 0x2BC;
}

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

std::string_view folded_char(char32_t code) {
  if (code >= '0' && code <= '9') return kAscii.substr(code - '0', 1);
  if (code >= 'a' && code <= 'z') return kAscii.substr(10 + code - 'a', 1);
  if (code >= 'A' && code <= 'Z') return kAscii.substr(10 + code - 'A', 1);
  if (is_apostrophe(code)) return "'";
  if (code >= 0x300 && code <= 0x36F) return "";
  if (code < kFirstFolded || code > kLastFolded) return {};
  const auto letters = kFolded[code - kFirstFolded];
  return letters.empty() ? std::string_view() : letters;
}

std::string folded(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto next = decode_utf8(text, at);
    const auto letters = next.is_valid ? folded_char(next.code) : std::string_view();
    out += letters.data() == nullptr ? text.substr(at, next.bytes) : letters;
    at += next.bytes;
  }
  return out;
}

}  // namespace toccata
