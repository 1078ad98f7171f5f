// SPDX-License-Identifier: MIT
// Text without its case and accents, for comparing words that people type.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace toccata {

/// One character of a text in UTF-8, or one byte that belongs to none.
struct Utf8Char {
  char32_t code;
  std::size_t bytes;  ///< at least 1
  bool is_valid;      ///< false: a stray byte, an overlong form, a surrogate
};
/// Range: at < text.size().
Utf8Char decode_utf8(std::string_view text, std::size_t at);

/// A letter or digit in lower case and without accents, in ASCII: "e" for U+00C9, "oe" for U+0153,
/// an apostrophe for a curly one; "" for a combining accent. Nothing is known of other characters:
/// their view is null.
std::string_view folded_char(char32_t code);

/// A text in lower case without accents; what folded_char does not know stays.
std::string folded(std::string_view text);

}  // namespace toccata
