// SPDX-License-Identifier: MIT
#include "staged.hpp"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <unistd.h>

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;

/// A name in the same folder that no file has yet, nor another process takes, so that renaming
/// stays within one disk.
fs::path unused_beside(const fs::path& path, const std::string& ending) {
  for (int i = 0;; ++i) {
    fs::path beside = path;
    beside += fmt::format(".{}-{}{}", ::getpid(), i, ending);
    if (std::error_code ignored; !fs::exists(fs::symlink_status(beside, ignored))) return beside;
  }
}

Outcome<void> write_stdout(ByteView content) {
  if (std::fwrite(content.data(), 1, content.size(), stdout) != content.size() ||
      std::fflush(stdout) != 0)
    return cannot(
        fmt::format("stdout: the output could not be written ({})", std::strerror(errno)));
  return {};
}

}  // namespace

bool is_stream(const fs::path& path) {
  std::error_code ignored;
  const auto status = fs::status(path, ignored);
  return path == "-" || (fs::exists(status) && !fs::is_regular_file(status));
}

StagedFiles::~StagedFiles() {
  std::error_code ignored;
  for (const Staged& file : files_) {
    if (!file.beside.empty() && !file.placed) fs::remove(file.beside, ignored);
    if (!file.before.empty()) fs::remove(file.before, ignored);
  }
}

Outcome<void> StagedFiles::stage(const fs::path& path, Bytes content) {
  Staged file{path, {}, {}, false, {}};
  std::error_code ignored;
  if (fs::is_directory(path, ignored))
    return cannot(path.string() + ": is a folder, not a file that could be written");
  if (is_stream(path)) {
    file.content = std::move(content);
    const std::lock_guard lock(mutex_);
    files_.push_back(std::move(file));
    return {};
  }
  const std::unique_lock lock(mutex_);
  file.beside = unused_beside(path, ".part");
  if (auto written = write_file(file.beside, content); !written) {
    FileError error = std::move(written).error();
    error.path = path;
    return cannot(describe(error));
  }
  files_.push_back(std::move(file));
  return {};
}

fs::path StagedFiles::reserve(const fs::path& path) {
  const std::unique_lock lock(mutex_);
  Staged file{path, unused_beside(path, ".part" + path.extension().string()), {}, false, {}};
  files_.push_back(file);
  return file.beside;
}

Outcome<void> StagedFiles::place(Staged& file) {
  if (file.beside.empty()) {
    if (file.path == "-") return write_stdout(file.content);
    if (auto written = write_file(file.path, file.content); !written)
      return cannot(describe(written.error()));
    return {};
  }
  std::error_code error;
  if (fs::exists(file.path, error)) {
    file.before = unused_beside(file.path, ".before");
    fs::create_hard_link(file.path, file.before, error);
    if (error) file.before.clear();  // this disk has no links: only the renaming protects the file
  }
  fs::rename(file.beside, file.path, error);
  if (error) return cannot(fmt::format("{}: {}", file.path.string(), error.message()));
  file.placed = true;
  return {};
}

void StagedFiles::take_back() {
  std::error_code ignored;
  for (Staged& file : files_) {
    if (!file.placed) continue;
    if (file.before.empty()) fs::remove(file.path, ignored);
    else fs::rename(file.before, file.path, ignored);
    file.before.clear();
  }
}

Outcome<void> StagedFiles::commit() {
  // Streams last: what was written to them cannot be taken back.
  std::stable_partition(files_.begin(), files_.end(),
                        [](const Staged& file) { return !file.beside.empty(); });
  for (Staged& file : files_)
    if (auto placed = place(file); !placed) {
      take_back();
      return placed;
    }
  return {};
}

}  // namespace toccata::cli
