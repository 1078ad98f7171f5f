// SPDX-License-Identifier: MIT
// Characters of texts in UTF-8.
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

/// The text if it is UTF-8, else what it is as Latin-1, in which older files have their names.
std::string as_utf8(std::string_view text);

}  // namespace toccata
