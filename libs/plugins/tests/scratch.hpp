// SPDX-License-Identifier: MIT
// A folder of files for tests.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <unistd.h>

namespace toccata::plugins {

/// A folder of its own for each test, taken away at the end.
struct Scratch {
  std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("toccata-plugins-" + std::to_string(::getpid()));
  Scratch() { std::filesystem::create_directories(folder); }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() { std::filesystem::remove_all(folder); }

  std::filesystem::path file(const std::filesystem::path& name, std::string_view content) const {
    std::filesystem::create_directories((folder / name).parent_path());
    REQUIRE(write_file(folder / name, as_bytes(content)));
    return folder / name;
  }
};

}  // namespace toccata::plugins
