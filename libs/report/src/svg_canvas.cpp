// SPDX-License-Identifier: MIT
#include "svg_canvas.hpp"

#include "glyphs.hpp"
#include "png.hpp"

#include <fmt/format.h>

namespace toccata::report {
namespace {

std::string hex(Colour colour) {
  return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

/// Text as XML may hold it: markup escaped, control characters and broken UTF-8 left out.
std::string escaped(std::string_view text) {
  std::string safe;
  for (const char32_t letter : letters_of(text)) {
    if (letter == U'&') safe += "&amp;";
    else if (letter == U'<') safe += "&lt;";
    else if (letter == U'>') safe += "&gt;";
    else if (letter >= 32 && letter < 127) safe += static_cast<char>(letter);
    else if (letter >= 0xA0 && letter < 0xD800)
      safe += fmt::format("&#{};", static_cast<unsigned>(letter));
    else safe += '?';
  }
  return safe;
}

std::string base64(ByteView bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    unsigned three = 0;
    for (std::size_t k = 0; k < 3; ++k)
      three = three << 8 | (k < count ? static_cast<unsigned>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      text += k <= count ? kDigits[three >> (18 - 6 * k) & 63U] : '=';
  }
  return text;
}

}  // namespace

SvgCanvas::SvgCanvas(int width, int height)
    : body_(fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" "
                        "xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 {0} {1}\" "
                        "width=\"{0}\" height=\"{1}\" font-family=\"DejaVu Sans, Verdana, "
                        "sans-serif\">\n<rect width=\"{0}\" height=\"{1}\" fill=\"#fff\"/>\n",
                        width, height)) {}

void SvgCanvas::rectangle(double x, double y, double width, double height, Colour colour) {
  body_ += fmt::format(
      "<rect x=\"{:.6g}\" y=\"{:.6g}\" width=\"{:.6g}\" height=\"{:.6g}\" fill=\"{}\"/>\n", x, y,
      width, height, hex(colour));
}

void SvgCanvas::band(double x, std::span<const double> tops, std::span<const double> bottoms,
                     Colour colour) {
  body_ += fmt::format("<path fill=\"{}\" d=\"M", hex(colour));
  for (std::size_t i = 0; i < tops.size(); ++i)
    body_ += fmt::format("{:.6g} {:.5g} ", x + static_cast<double>(i) + 0.5, tops[i]);
  for (std::size_t i = bottoms.size(); i-- > 0;)
    body_ += fmt::format("{:.6g} {:.5g} ", x + static_cast<double>(i) + 0.5, bottoms[i]);
  body_ += "Z\"/>\n";
}

void SvgCanvas::text(double x, double y, std::string_view text, Face face, Align align,
                     Colour colour) {
  const char* anchor = align == Align::Left ? "start" : align == Align::Middle ? "middle" : "end";
  body_ += fmt::format(
      "<text x=\"{:.6g}\" y=\"{:.6g}\" font-size=\"{}\"{} text-anchor=\"{}\" "
      "fill=\"{}\">{}</text>\n",
      x, y, face == Face::Title ? 34 : 20, face == Face::Title ? " font-weight=\"bold\"" : "",
      anchor, hex(colour), escaped(text));
}

void SvgCanvas::picture(int x, int y, const Picture& picture) {
  body_ += fmt::format(
      "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" "
      "xlink:href=\"data:image/png;base64,{}\"/>\n",
      x, y, picture.width, picture.height, base64(encode_png(picture)));
}

Bytes SvgCanvas::finish() {
  Bytes bytes;
  append_text(bytes, body_ + "</svg>\n");
  return bytes;
}

}  // namespace toccata::report
