// SPDX-License-Identifier: MIT
#include "say.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

namespace toccata::cli {

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
