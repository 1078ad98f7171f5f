// SPDX-License-Identifier: MIT
#include "svg_canvas.hpp"

#include <cmath>
#include <cstdint>

#include <toccata/base/utf8.hpp>

namespace toccata::detail {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

/// How many bytes the character at the head of `text` has, or 0 where XML has no such character.
std::size_t character_size(std::string_view text) {
  const Utf8Char next = decode_utf8(text, 0);
  const bool is_none = next.code == 0xFFFE || next.code == 0xFFFF;
  return next.is_valid && !is_none ? next.bytes : 0;
}

std::string_view escaped(std::string_view character) {
  switch (character[0]) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\t':
    case '\n':
    case '\r': return " ";
    default: break;
  }
  return static_cast<std::uint8_t>(character[0]) < 0x20 ? kReplacement : character;
}

/// Walks over the characters of a text; those that are none come as one byte and size 0.
template <class Visit>
void for_each_character(std::string_view text, Visit visit) {
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (!visit(size == 0 ? kReplacement : text.substr(0, size))) return;
    text.remove_prefix(size == 0 ? 1 : size);
  }
}

std::string attribute(std::string_view name, double value) {
  return " " + std::string(name) + "=\"" + svg_number(value) + "\"";
}

}  // namespace

std::string xml_text(std::string_view text, std::size_t most) {
  std::string out;
  std::size_t count = 0;
  for_each_character(text, [&](std::string_view character) {
    if (++count > most) {
      out += "\xE2\x80\xA6";
      return false;
    }
    out += escaped(character);
    return true;
  });
  return out;
}

std::size_t character_count(std::string_view text) {
  std::size_t count = 0;
  for_each_character(text, [&](std::string_view) { return ++count > 0; });
  return count;
}

std::string svg_number(double value) {
  const auto tenths = static_cast<std::int64_t>(std::floor(value * 10 + 0.5));
  const std::int64_t size = tenths < 0 ? -tenths : tenths;
  std::string text = (tenths < 0 ? "-" : "") + std::to_string(size / 10);
  if (size % 10 != 0) text += "." + std::to_string(size % 10);
  return text;
}

SvgCanvas::SvgCanvas(double width, double height) {
  const std::string w = svg_number(width), h = svg_number(height);
  out_ = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + w + "\" height=\"" + h +
         "\" viewBox=\"0 0 " + w + " " + h +
         "\" font-family=\"DejaVu Sans, Verdana, Helvetica, Arial, sans-serif\">\n";
}

void SvgCanvas::begin_group(std::string_view attributes) {
  out_ += "<g ";
  out_ += attributes;
  out_ += ">\n";
}

void SvgCanvas::rect(const Box& box, std::string_view attributes) {
  out_ += "<rect" + attribute("x", box.x) + attribute("y", box.y) + attribute("width", box.width) +
          attribute("height", box.height);
  out_ += attributes;
  out_ += "/>\n";
}

void SvgCanvas::line(Point from, Point to, std::string_view attributes) {
  out_ += "<line" + attribute("x1", from.x) + attribute("y1", from.y) + attribute("x2", to.x) +
          attribute("y2", to.y);
  out_ += attributes;
  out_ += "/>\n";
}

void SvgCanvas::text(Point at, std::string_view text, const TextStyle& style, std::size_t most) {
  out_ += "<text" + attribute("x", at.x) + attribute("y", at.y) +
          attribute("font-size", style.size_px) + " fill=\"" + std::string(style.colour) + "\"";
  if (style.anchor != Anchor::Start)
    out_ += style.anchor == Anchor::Middle ? " text-anchor=\"middle\"" : " text-anchor=\"end\"";
  if (style.bold) out_ += " font-weight=\"bold\"";
  out_ += ">" + xml_text(text, most) + "</text>\n";
}

}  // namespace toccata::detail
