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

}  // namespace

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
