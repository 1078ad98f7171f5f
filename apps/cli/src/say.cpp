// SPDX-License-Identifier: MIT
#include "say.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>
#include <toccata/base/utf8.hpp>

namespace toccata::cli {
namespace {

/// Control characters as JSON escapes them: names in files must not drive a terminal.
std::string printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const auto next = decode_utf8(text, at);
    const bool is_break = next.code == '\n' || next.code == '\t';
    const bool is_control = next.code < 0x20 || (next.code >= 0x7F && next.code < 0xA0);
    if (next.is_valid && is_control && !is_break)
      out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(next.code));
    else out += text.substr(at, next.bytes);
    at += next.bytes;
  }
  return out;
}

}  // namespace

bool to_stdout(const std::vector<Target>& targets) {
  return std::ranges::any_of(targets, [](const Target& target) { return target.path == "-"; });
}

Outcome<void> say(std::string_view words, const std::vector<Target>& targets) {
  const std::string text = printable(words);
  std::FILE* const out = to_stdout(targets) ? stderr : stdout;
  if (std::fwrite(text.data(), 1, text.size(), out) == text.size() && std::fflush(out) == 0)
    return {};
  return cannot(std::string("stdout: the answer could not be written (") + std::strerror(errno) +
                ")");
}

std::string names_of(const std::vector<Target>& targets) {
  std::string names;
  for (const Target& target : targets)
    names += (names.empty() ? "" : ", ") + (target.path == "-" ? "stdout" : target.path.string());
  return names;
}

std::string counted(std::int64_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace toccata::cli
