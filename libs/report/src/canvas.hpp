// SPDX-License-Identifier: MIT
// What a page is drawn on: pixels or SVG.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <toccata/base/bytes.hpp>

namespace toccata::report {

struct Colour {
  std::uint8_t red, green, blue;
};
enum class Face : std::uint8_t { Label, Title };
enum class Align : std::uint8_t { Left, Middle, Right };

/// Pixels, rows from the top.
struct Picture {
  int width, height;
  std::vector<Colour> pixels;
};

/// Units: pixels from the left upper corner.
class Canvas {
 public:
  virtual ~Canvas() = default;
  virtual void rectangle(double x, double y, double width, double height, Colour colour) = 0;
  /// What lies between two curves, one point of each a pixel from `x` on.
  virtual void band(double x, std::span<const double> tops, std::span<const double> bottoms,
                    Colour colour) = 0;
  /// A line of text; `y` is where letters stand.
  virtual void text(double x, double y, std::string_view text, Face face, Align align,
                    Colour colour) = 0;
  /// Each pixel stands for one of the canvas.
  virtual void picture(int x, int y, const Picture& picture) = 0;
  virtual Bytes finish() = 0;
};

}  // namespace toccata::report
