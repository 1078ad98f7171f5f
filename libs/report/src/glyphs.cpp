// SPDX-License-Identifier: MIT
#include "glyphs.hpp"

#include <charconv>
#include <map>

#include <toccata/base/embedded.hpp>
#include <toccata/base/utf8.hpp>

namespace toccata::embedded {
std::span<const File> glyphs();
}

namespace toccata::report {
namespace {

using Table = std::map<std::pair<Face, char32_t>, Glyph>;

std::string_view next_word(std::string_view& line) {
  const std::size_t end = line.find(' ');
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(end == std::string_view::npos ? line.size() : end + 1);
  return word;
}

int next_number(std::string_view& line, int base = 10) {
  const std::string_view word = next_word(line);
  int number = 0;
  std::from_chars(word.data(), word.data() + word.size(), number, base);
  return number;
}

void read_glyph(std::string_view line, Table& table) {
  const Face face = next_word(line) == "title" ? Face::Title : Face::Label;
  const auto letter = static_cast<char32_t>(next_number(line, 16));
  Glyph& glyph = table[{face, letter}];
  glyph.advance = next_number(line);
  glyph.left = next_number(line);
  glyph.top = next_number(line);
  glyph.width = next_number(line);
  while (!line.empty())
    for (const char digit : next_word(line))
      glyph.shades += static_cast<char>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
  if (glyph.shades.empty()) glyph.width = 0;
}

Table make_table() {
  Table table;
  std::string_view text = embedded::glyphs().front().text;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    read_glyph(text.substr(0, end), table);
    text.remove_prefix(end + 1);
  }
  return table;
}

const Table& table() {
  static const Table kTable = make_table();
  return kTable;
}

}  // namespace

const Glyph& glyph_of(Face face, char32_t letter) {
  const auto found = table().find({face, letter});
  return found != table().end() ? found->second : table().at({face, U'?'});
}

int ascent_of(Face face) {
  const Glyph& letter = glyph_of(face, U'H');
  return letter.top + letter.height();
}

std::u32string letters_of(std::string_view text) {
  std::u32string letters;
  for (std::size_t at = 0; at < text.size();) {
    const Utf8Char next = decode_utf8(text, at);
    letters += next.is_valid ? next.code : U'?';
    at += next.bytes;
  }
  return letters;
}

int width_of(Face face, std::string_view text) {
  int width = 0;
  for (const char32_t letter : letters_of(text)) width += glyph_of(face, letter).advance;
  return width;
}

std::string fitted(Face face, std::string_view text, int width) {
  if (width_of(face, text) <= width) return std::string(text);
  std::string_view shorter = text;
  while (!shorter.empty() && width_of(face, std::string(shorter) + "…") > width) {
    std::size_t end = shorter.size() - 1;  // whole letters only
    while (end > 0 && (static_cast<unsigned char>(shorter[end]) & 0xC0) == 0x80) --end;
    shorter = shorter.substr(0, end);
  }
  return std::string(shorter) + "…";
}

}  // namespace toccata::report
