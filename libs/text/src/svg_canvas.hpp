// SPDX-License-Identifier: MIT
// The few shapes of SVG that a picture of a score needs, with text escaped and numbers kept short.
#pragma once

#include <string>
#include <string_view>

namespace toccata::detail {

/// Text for XML: markup escaped; what XML 1.0 cannot hold (control characters, bytes that are no
/// UTF-8) becomes U+FFFD; after `most` characters it is cut with an ellipsis.
std::string xml_text(std::string_view text, std::size_t most = 60);
/// How many characters a text has, as xml_text counts them.
std::size_t character_count(std::string_view text);
/// With one decimal at most: "12", "12.5". Range: |value| under 1e12.
std::string svg_number(double value);

struct Box {
  double x, y, width, height;
};
struct Point {
  double x, y;
};
enum class Anchor : unsigned char { Start, Middle, End };
struct TextStyle {
  double size_px;
  std::string_view colour;
  Anchor anchor = Anchor::Start;
  bool bold = false;
};

class SvgCanvas {
 public:
  SvgCanvas(double width, double height);
  void begin_group(std::string_view attributes);
  void end_group() { out_ += "</g>\n"; }
  /// `attributes` is written as it stands: " opacity=\".5\"" or empty.
  void rect(const Box& box, std::string_view attributes = {});
  void line(Point from, Point to, std::string_view attributes = {});
  void text(Point at, std::string_view text, const TextStyle& style, std::size_t most = 60);
  std::string take() { return std::move(out_) + "</svg>\n"; }

 private:
  std::string out_;
};

}  // namespace toccata::detail
