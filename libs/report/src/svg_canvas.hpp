// SPDX-License-Identifier: MIT
// A canvas of lines and text.
#pragma once

#include "canvas.hpp"

#include <string>

namespace toccata::report {

/// Finishes as one SVG file that needs no other.
class SvgCanvas : public Canvas {
 public:
  SvgCanvas(int width, int height);
  void rectangle(double x, double y, double width, double height, Colour colour) override;
  void band(double x, std::span<const double> tops, std::span<const double> bottoms,
            Colour colour) override;
  void text(double x, double y, std::string_view text, Face face, Align align,
            Colour colour) override;
  void picture(int x, int y, const Picture& picture) override;
  Bytes finish() override;

 private:
  std::string body_;
};

}  // namespace toccata::report
