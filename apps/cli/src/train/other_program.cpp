// SPDX-License-Identifier: MIT
#include "other_program.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

namespace toccata::cli {

namespace fs = std::filesystem;

bool asks_for_networks(int count, const char* const* words) {
  const std::vector<std::string_view> all(words, words + count);
  if (all.size() < 2 || all[1] != "train") return false;
  const auto has = [&](std::string_view option) {
    return std::ranges::any_of(all, [&](std::string_view word) {
      return word.starts_with(option) &&
             (word.size() == option.size() || word[option.size()] == '=');
    });
  };
  for (std::size_t i = 2; i < all.size(); ++i)
    if (all[i] == "--learner=network" || (all[i - 1] == "--learner" && all[i] == "network"))
      return true;
  // Networks alone go on from a model.
  return has("--from") && !has("--learner") && !has("--protocol") && !has("--rows");
}

Outcome<void> become_trainer(int count, const char* const* words) {
  std::error_code error;
  const fs::path here = fs::read_symlink("/proc/self/exe", error).parent_path();
  std::vector<char*> passed;
  for (const char* word : std::span(words, static_cast<std::size_t>(count)))
    passed.push_back(const_cast<char*>(word));
  passed.push_back(nullptr);
  for (const fs::path& program :
       {here / "toccata-train", here.parent_path().parent_path() / "train/bin/toccata-train"}) {
    if (!fs::is_regular_file(program, error)) continue;
    ::execv(program.c_str(), passed.data());
    return cannot(fmt::format("{}: {}", program.string(), std::strerror(errno)));
  }
  return cannot(
      "--learner network: toccata-train is not built yet; ./toccata setup train installs what it "
      "needs (about 900 MB) and builds it");
}

}  // namespace toccata::cli
