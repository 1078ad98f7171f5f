// SPDX-License-Identifier: MIT
// A folder of its own for a test, gone when the test ends.
#pragma once

#include <filesystem>
#include <random>
#include <string>
#include <string_view>

#include <toccata/base/file.hpp>

namespace toccata::learn {

class ScratchFolder {
 public:
  ScratchFolder() {
    path_ = std::filesystem::temp_directory_path() /
            ("toccata-learn-" + std::to_string(std::random_device{}()));
    std::filesystem::create_directories(path_);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }
  /// Writes a file, making the folders that it lies in.
  void add(std::string_view name, std::string_view text) const {
    const auto file = path_ / std::filesystem::path(name);
    std::filesystem::create_directories(file.parent_path());
    [[maybe_unused]] const auto written = write_file(file, as_bytes(text));
  }

 private:
  std::filesystem::path path_;
};

}  // namespace toccata::learn
