// SPDX-License-Identifier: MIT
#include "failure.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include <fmt/format.h>
#include <toccata/base/utf8.hpp>

namespace toccata::cli {
namespace {

constexpr std::size_t kLongest = 580;
constexpr char32_t kLineSeparator = 0x2028, kParagraphSeparator = 0x2029;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto next = decode_utf8(text, at);
    const bool is_break = next.code == '\n' || next.code == '\t';
    const bool is_control = next.code < 0x20 || (next.code >= 0x7F && next.code < 0xA0) ||
                            next.code == kLineSeparator || next.code == kParagraphSeparator;
    if (!next.is_valid) out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at]));
    else if (is_control && !is_break)
      out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(next.code));
    else out += text.substr(at, next.bytes);
    at += next.bytes;
  }
  return out;
}

std::string one_line(std::string_view text) {
  std::string line = printable(text);
  std::ranges::replace_if(
      line, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  if (line.size() <= kLongest) return line;
  std::size_t head = kLongest / 2, tail = line.size() - kLongest / 2;
  while (head > 0 && continues_character(line[head])) --head;
  while (tail < line.size() && continues_character(line[tail])) ++tail;
  return line.substr(0, head) + " ... " + line.substr(tail);
}

int tell(std::string_view program, const Failure& failure) {
  const std::string line = std::string(program) + ": " + one_line(failure.what) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
  return static_cast<int>(failure.status);
}

int run_program(const std::function<Outcome<void>()>& program,
                const std::function<int(const Failure&)>& told) {
  // A write that fails is told of, and what was written is taken back.
  std::signal(SIGXFSZ, SIG_IGN);
  std::signal(SIGPIPE, SIG_IGN);
  try {
    const auto done = program();
    return done ? static_cast<int>(Status::Done) : told(done.error());
  } catch (const std::bad_alloc&) {
    return told({Status::Failed, "there is not enough memory for this"});
  } catch (const std::exception& error) {
    return told({Status::Failed, std::string("an internal error: ") + error.what()});
  }
}

}  // namespace toccata::cli
