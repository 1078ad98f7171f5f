// SPDX-License-Identifier: MIT
// Letters as shades of grey.
#pragma once

#include "canvas.hpp"

#include <string>

namespace toccata::report {

struct Glyph {
  int advance = 0, left = 0, top = 0, width = 0;  ///< `top` from the line's ascent
  std::string shades{};                           ///< 0 to 15 each, rows from the top

  int height() const { return width == 0 ? 0 : static_cast<int>(shades.size()) / width; }
};

/// The letter of a code point; a question mark where there is none.
const Glyph& glyph_of(Face face, char32_t letter);
/// From the ascent down to where letters stand. Units: pixels.
int ascent_of(Face face);
/// Code points of UTF-8; what is none becomes a question mark.
std::u32string letters_of(std::string_view text);
int width_of(Face face, std::string_view text);
/// Shortened with an ellipsis to a width.
std::string fitted(Face face, std::string_view text, int width);

}  // namespace toccata::report
