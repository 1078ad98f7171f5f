// SPDX-License-Identifier: MIT
// Every sentence of tests/golden/prompt/*.txt is understood as the line under it says. With
// TOCCATA_UPDATE_GOLDEN set the files are rewritten as the output is; review that as a diff.
#include "source_dir.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/prompt/understand.hpp>

#include "compact_brief.hpp"

using namespace toccata;

namespace {

struct Case {
  std::string sentence, expected;
};

std::vector<Case> read_cases(const std::filesystem::path& path) {
  const auto content = read_file(path);
  REQUIRE(content);
  std::istringstream lines{std::string(as_text(*content))};
  std::vector<Case> cases;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    std::string expected;
    std::getline(lines, expected);
    cases.push_back({line, expected});
  }
  return cases;
}

std::vector<std::filesystem::path> golden_files() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(test::source_dir() / "tests/golden/prompt"))
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  std::ranges::sort(paths);
  return paths;
}

void rewrite(const std::filesystem::path& path, const std::vector<Case>& cases) {
  std::string text;
  for (const auto& [sentence, expected] : cases)
    text += (text.empty() ? "" : "\n") + sentence + "\n" + compact(understand(sentence)) + "\n";
  CHECK(write_file(path, as_bytes(text)));
}

}  // namespace

TEST_CASE("prompt: every golden sentence is understood as written down by hand") {
  std::size_t count = 0;
  for (const auto& path : golden_files()) {
    const auto cases = read_cases(path);
    count += cases.size();
    if (std::getenv("TOCCATA_UPDATE_GOLDEN") != nullptr) {
      rewrite(path, cases);
      continue;
    }
    for (const auto& [sentence, expected] : cases) {
      const std::string found = compact(understand(sentence));
      std::string diff = path.filename().string();
      diff.append(": ").append(sentence).append("\n    expected ").append(expected);
      diff.append("\n    found    ").append(found);
      CHECK_MESSAGE(found == expected, diff);
    }
  }
  CHECK(count >= 990);
}
