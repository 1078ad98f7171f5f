// SPDX-License-Identifier: MIT
#include "png_canvas.hpp"

#include "glyphs.hpp"
#include "png.hpp"

#include <algorithm>
#include <cmath>

namespace toccata::report {
namespace {

/// How much of pixel `index` lies between two points.
double share_of(int index, double from, double to) {
  return std::clamp(std::min(to, index + 1.0) - std::max(from, double{1.0 * index}), 0.0, 1.0);
}

}  // namespace

PngCanvas::PngCanvas(int width, int height)
    : page_{width, height,
            std::vector<Colour>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height),
                                Colour{255, 255, 255})} {}

void PngCanvas::blend(int x, int y, Colour colour, double share) {
  if (x < 0 || y < 0 || x >= page_.width || y >= page_.height) return;
  Colour& pixel = page_.pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(page_.width) +
                               static_cast<std::size_t>(x)];
  const auto mixed = [share](std::uint8_t under, std::uint8_t over) {
    return static_cast<std::uint8_t>(std::lround(under + share * (over - under)));
  };
  pixel = {mixed(pixel.red, colour.red), mixed(pixel.green, colour.green),
           mixed(pixel.blue, colour.blue)};
}

void PngCanvas::rectangle(double x, double y, double width, double height, Colour colour) {
  for (int row = static_cast<int>(std::floor(y)); row < y + height; ++row)
    for (int column = static_cast<int>(std::floor(x)); column < x + width; ++column)
      blend(column, row, colour, share_of(column, x, x + width) * share_of(row, y, y + height));
}

void PngCanvas::band(double x, std::span<const double> tops, std::span<const double> bottoms,
                     Colour colour) {
  for (std::size_t i = 0; i < tops.size(); ++i)
    rectangle(x + static_cast<double>(i), tops[i], 1, bottoms[i] - tops[i], colour);
}

void PngCanvas::text(double x, double y, std::string_view text, Face face, Align align,
                     Colour colour) {
  const int width = width_of(face, text);
  int at = static_cast<int>(std::lround(x)) - (align == Align::Left     ? 0
                                               : align == Align::Middle ? width / 2
                                                                        : width);
  const int line = static_cast<int>(std::lround(y)) - ascent_of(face);
  for (const char32_t letter : letters_of(text)) {
    const Glyph& glyph = glyph_of(face, letter);
    for (std::size_t i = 0; i < glyph.shades.size(); ++i)
      blend(at + glyph.left + static_cast<int>(i) % glyph.width,
            line + glyph.top + static_cast<int>(i) / glyph.width, colour, glyph.shades[i] / 15.0);
    at += glyph.advance;
  }
}

void PngCanvas::picture(int x, int y, const Picture& picture) {
  for (int row = 0; row < picture.height; ++row)
    for (int column = 0; column < picture.width; ++column)
      blend(x + column, y + row,
            picture.pixels[static_cast<std::size_t>(row * picture.width + column)], 1);
}

Bytes PngCanvas::finish() { return encode_png(page_); }

}  // namespace toccata::report
