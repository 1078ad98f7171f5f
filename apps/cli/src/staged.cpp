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

/// A second name for what stands at a path, so that it can be put back; none where the disk has no
/// links: then the new file stays.
fs::path second_name(const fs::path& path) {
  std::error_code error;
  for (int number = 0;; ++number) {
    fs::path name = path;
    name += fmt::format(".{}-{}.before", ::getpid(), number);
    fs::create_hard_link(path, name, error);
    if (!error) return name;
    if (error != std::errc::file_exists) return {};
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

bool is_stream(const fs::path& path) { return path == "-" || is_written_through(path); }

StagedFiles::StagedFiles() : on_interrupt_([this] { abandon(); }) {}

StagedFiles::~StagedFiles() {
  const std::lock_guard lock(mutex_);
  remove_rest();
}

Outcome<void> StagedFiles::stage(const fs::path& path, ByteView content) {
  // Several threads write at once; an interrupt waits until what they write is on the list.
  const std::shared_lock is_writing(writing_);
  std::optional<PendingFile> file;
  if (!is_stream(path)) {
    auto made = PendingFile::create(path, waits_in(path));
    if (!made) return cannot(describe(made.error()));
    if (auto done = made->append(content); !done) return cannot(describe(done.error()));
    file = *std::move(made);
    content = {};
  }
  const std::lock_guard lock(mutex_);
  files_.push_back(
      {.path = path, .file = std::move(file), .content = Bytes(content.begin(), content.end())});
  return {};
}

Outcome<fs::path> StagedFiles::reserve(const fs::path& path) {
  if (is_stream(path))
    return cannot(path.string() + ": is a device or a pipe; what is written here is a file");
  const std::shared_lock is_writing(writing_);
  auto made = PendingFile::create(path);
  if (!made) return cannot(describe(made.error()));
  fs::path open_path = made->open_path();
  const std::lock_guard lock(mutex_);
  files_.push_back({.path = path, .file = *std::move(made), .content = {}});
  return open_path;
}

void StagedFiles::add_folder(const fs::path& path) {
  const std::lock_guard lock(mutex_);
  folders_.push_back(path.has_filename() ? path : path.parent_path());  // "new/" is "new"
}

/// Files of a folder that is not there yet wait in the one it will be in.
fs::path StagedFiles::waits_in(const fs::path& path) const {
  std::error_code ignored;
  const fs::path folder = path.parent_path();
  if (std::ranges::find(folders_, folder) == folders_.end() || fs::exists(folder, ignored))
    return {};
  return folder.has_parent_path() ? folder.parent_path() : fs::path(".");
}

Outcome<void> StagedFiles::make_folders() {
  for (const fs::path& folder : folders_) {
    std::error_code error;
    if (fs::create_directory(folder, error)) made_.push_back(folder);
    if (error) return cannot(fmt::format("{}: {}", folder.string(), error.message()));
  }
  return {};
}

Outcome<void> StagedFiles::place(Staged& file) {
  if (!file.file) {
    if (file.path == "-") return write_stdout(file.content);
    if (auto written = write_file(file.path, file.content); !written)
      return cannot(describe(written.error()));
    return {};
  }
  std::error_code error;
  file.has_replaced = fs::exists(file.path, error);
  if (file.has_replaced) file.target = fs::canonical(file.path, error);
  if (file.has_replaced && may_be_taken_back_) file.before = second_name(file.target);
  if (auto placed = file.file->place(); !placed) return cannot(describe(placed.error()));
  file.is_placed = true;
  return {};
}

void StagedFiles::take_back() {
  std::error_code ignored;
  for (Staged& file : files_) {
    if (!file.is_placed) continue;
    if (!file.has_replaced) fs::remove(fs::canonical(file.path, ignored), ignored);
    else if (!file.before.empty()) fs::rename(file.before, file.target, ignored);
    file.before.clear();
    file.is_placed = false;
  }
}

void StagedFiles::remove_rest() {
  std::error_code ignored;
  for (Staged& file : files_) {
    if (file.file) file.file->discard();
    if (!file.before.empty()) fs::remove(file.before, ignored);
  }
  if (!is_committed_)
    for (const fs::path& folder : made_) fs::remove(folder, ignored);
}

void StagedFiles::abandon() {
  // Never unlocked: until the program ends, no thread may begin another file.
  writing_.lock();
  mutex_.lock();
  if (!is_committed_) take_back();
  remove_rest();
}

Outcome<void> StagedFiles::commit(const std::function<Outcome<void>()>& tell) {
  std::unique_lock lock(mutex_);
  // One alone, of which nothing is told, is there or is not: nothing needs to be put back.
  may_be_taken_back_ = files_.size() > 1 || tell != nullptr;
  auto placed = place_all(lock, tell);
  if (!lock.owns_lock()) lock.lock();
  if (placed) is_committed_ = true;
  else take_back();
  return placed;
}

/// What is held is let go once only streams are left, what is told among them.
Outcome<void> StagedFiles::place_all(std::unique_lock<std::mutex>& lock,
                                     const std::function<Outcome<void>()>& tell) {
  TOCCATA_CHECK(make_folders());
  // Streams last: what was written to them cannot be taken back.
  const auto streams = std::stable_partition(
      files_.begin(), files_.end(), [](const Staged& file) { return file.file.has_value(); });
  for (auto file = files_.begin(); file != files_.end(); ++file) {
    // A reader may keep a stream waiting for ever, and an interrupt must not wait with it.
    if (file == streams) lock.unlock();
    TOCCATA_CHECK(place(*file));
  }
  if (!tell) return {};
  if (lock.owns_lock()) lock.unlock();
  return tell();
}

}  // namespace toccata::cli
