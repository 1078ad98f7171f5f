// SPDX-License-Identifier: MIT
#include "failure.hpp"

#include <string_view>

namespace toccata::cli {
namespace {

constexpr std::size_t kLongest = 580;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
  if (line.size() <= kLongest) return line;
  std::size_t head = kLongest / 2, tail = line.size() - kLongest / 2;
  while (head > 0 && continues_character(line[head])) --head;
  while (tail < line.size() && continues_character(line[tail])) ++tail;
  return line.substr(0, head) + " ... " + line.substr(tail);
}

}  // namespace toccata::cli
