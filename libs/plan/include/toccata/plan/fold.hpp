// SPDX-License-Identifier: MIT
// Text without its case and accents, for comparing words that people type.
#pragma once

#include <string>
#include <string_view>

#include <toccata/base/utf8.hpp>

namespace toccata {

/// A letter or digit in lower case and without accents, in ASCII: "e" for U+00C9, "oe" for U+0153,
/// an apostrophe for a curly one; "" for a combining accent. Nothing is known of other characters:
/// their view is null.
std::string_view folded_char(char32_t code);

/// A text in lower case without accents; what folded_char does not know stays.
std::string folded(std::string_view text);

}  // namespace toccata
