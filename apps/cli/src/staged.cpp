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
/// stays within one disk. `number` tells apart those of one process.
fs::path unused_beside(const fs::path& path, std::size_t number, const std::string& ending) {
  for (;; ++number) {
    fs::path beside = path;
    beside += fmt::format(".{}-{}{}", ::getpid(), number, ending);
    if (std::error_code ignored; !fs::exists(fs::symlink_status(beside, ignored))) return beside;
  }
}

bool is_stream(const fs::path& path, fs::file_status status) {
  return path == "-" || (fs::exists(status) && !fs::is_regular_file(status));
}

/// A file that was reserved may itself be written beside its place.
void remove_with_parts(const fs::path& file) {
  std::error_code ignored;
  const std::string name = file.filename().string();
  const auto folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().filename().string().starts_with(name)) found.push_back(entry.path());
  for (const fs::path& path : found) fs::remove(path, ignored);
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
  return is_stream(path, fs::status(path, ignored));
}

StagedFiles::StagedFiles() : on_interrupt_([this] { abandon(); }) {}

StagedFiles::~StagedFiles() {
  const std::lock_guard lock(mutex_);
  remove_rest();
}

Outcome<void> StagedFiles::stage(const fs::path& path, Bytes content) {
  std::error_code ignored;
  const auto status = fs::status(path, ignored);
  if (fs::is_directory(status))
    return cannot(path.string() + ": is a folder, not a file that could be written");
  if (is_stream(path, status)) {
    const std::lock_guard lock(mutex_);
    files_.push_back({path, {}, {}, State::Waiting, std::move(content)});
    return {};
  }
  // Only the name is chosen under the lock, so that several threads write at once.
  const fs::path beside = add(path, ".part", State::Waiting);
  const std::shared_lock is_writing(writing_);
  if (auto written = write_new_file(beside, content); !written) {
    FileError error = std::move(written).error();
    error.path = path;
    return cannot(describe(error));
  }
  return {};
}

fs::path StagedFiles::reserve(const fs::path& path) {
  return add(path, ".part" + path.extension().string(), State::Reserved);
}

Outcome<void> StagedFiles::make_folder(const fs::path& path) {
  const std::lock_guard lock(mutex_);
  std::error_code error;
  if (fs::create_directory(path, error)) folders_.push_back(path);
  if (error) return cannot(fmt::format("{}: {}", path.string(), error.message()));
  return {};
}

fs::path StagedFiles::add(const fs::path& path, const std::string& ending, State state) {
  const std::lock_guard lock(mutex_);
  fs::path beside = unused_beside(path, files_.size(), ending);
  files_.push_back({path, beside, {}, state, {}});
  return beside;
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
    file.before = unused_beside(file.path, files_.size(), ".before");
    fs::create_hard_link(file.path, file.before, error);
    if (error) file.before.clear();  // this disk has no links: only the renaming protects the file
  }
  fs::rename(file.beside, file.path, error);
  if (error) return cannot(fmt::format("{}: {}", file.path.string(), error.message()));
  file.state = State::Placed;
  return {};
}

void StagedFiles::take_back() {
  std::error_code ignored;
  for (Staged& file : files_) {
    if (file.state != State::Placed) continue;
    if (file.before.empty()) fs::remove(file.path, ignored);
    else fs::rename(file.before, file.path, ignored);
    file.before.clear();
  }
}

void StagedFiles::remove_rest() {
  std::error_code ignored;
  for (const Staged& file : files_) {
    if (file.state == State::Reserved) remove_with_parts(file.beside);
    else if (file.state == State::Waiting && !file.beside.empty()) fs::remove(file.beside, ignored);
    if (!file.before.empty()) fs::remove(file.before, ignored);
  }
  if (!is_committed_)
    for (const fs::path& folder : folders_) fs::remove(folder, ignored);
}

void StagedFiles::abandon() {
  // Never unlocked: until the program ends, no thread may begin another file. Those that are being
  // written are waited for, as one may not be there yet.
  mutex_.lock();
  writing_.lock();
  if (!is_committed_) take_back();
  remove_rest();
}

Outcome<void> StagedFiles::commit() {
  std::unique_lock lock(mutex_);
  // Streams last: what was written to them cannot be taken back.
  const auto streams = std::stable_partition(
      files_.begin(), files_.end(), [](const Staged& file) { return !file.beside.empty(); });
  for (auto file = files_.begin(); file != files_.end(); ++file) {
    // A reader may keep a stream waiting for ever, and an interrupt must not wait with it.
    if (file == streams) lock.unlock();
    if (auto placed = place(*file); !placed) {
      if (!lock.owns_lock()) lock.lock();
      take_back();
      return placed;
    }
  }
  if (!lock.owns_lock()) lock.lock();
  is_committed_ = true;
  return {};
}

}  // namespace toccata::cli
