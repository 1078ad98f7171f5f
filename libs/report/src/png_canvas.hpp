// SPDX-License-Identifier: MIT
// A canvas of pixels.
#pragma once

#include "canvas.hpp"

namespace toccata::report {

/// Edges between pixels are drawn by their share. Finishes as a PNG file.
class PngCanvas : public Canvas {
 public:
  PngCanvas(int width, int height);
  void rectangle(double x, double y, double width, double height, Colour colour) override;
  void band(double x, std::span<const double> tops, std::span<const double> bottoms,
            Colour colour) override;
  void text(double x, double y, std::string_view text, Face face, Align align,
            Colour colour) override;
  void picture(int x, int y, const Picture& picture) override;
  Bytes finish() override;

 private:
  void blend(int x, int y, Colour colour, double share);
  Picture page_;
};

}  // namespace toccata::report
