// SPDX-License-Identifier: MIT
// Several files written as one: all of them or none, and no existing file changed on failure.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <vector>

#include "failure.hpp"
#include "interrupt.hpp"

#include <toccata/base/bytes.hpp>
#include <toccata/base/file.hpp>

namespace toccata::cli {

/// Contents are written whole, without a name; commit() then puts all of them in their places.
/// What was not committed is gone in the end, however the program ends.
/// Threads: stage() may be called from several at once.
class StagedFiles {
 public:
  StagedFiles();
  StagedFiles(const StagedFiles&) = delete;
  StagedFiles& operator=(const StagedFiles&) = delete;
  ~StagedFiles();

  /// "-" is stdout, written at commit. Errors: the folder is missing or may not be written, a full
  /// disk.
  Outcome<void> stage(const std::filesystem::path& path, ByteView content);
  /// Where somebody else may write it before the commit. Errors: as stage().
  Outcome<std::filesystem::path> reserve(const std::filesystem::path& path);
  /// A folder for files to be put into, which commit() makes unless it is there.
  void add_folder(const std::filesystem::path& path);
  /// `tell` says what was made; where that fails, or an interrupt comes meanwhile, all is taken
  /// back.
  Outcome<void> commit(const std::function<Outcome<void>()>& tell = {});

 private:
  struct Staged {
    std::filesystem::path path;
    std::optional<PendingFile> file;  ///< none for stdout and devices, which cannot be replaced
    std::filesystem::path target{};   ///< what it replaced: behind a symbolic link
    std::filesystem::path before{};   ///< a second name for the file that stood there
    bool is_placed = false, has_replaced = false;
    Bytes content;
  };
  std::filesystem::path waits_in(const std::filesystem::path& path) const;
  Outcome<void> make_folders();
  Outcome<void> place_all(std::unique_lock<std::mutex>& lock,
                          const std::function<Outcome<void>()>& tell);
  Outcome<void> place(Staged& file);
  void take_back();
  void remove_rest();
  void abandon();

  std::mutex mutex_;
  std::shared_mutex writing_;  ///< shared by threads that write a file; taken before mutex_
  std::vector<Staged> files_;
  std::vector<std::filesystem::path> folders_;  ///< that are wished for
  std::vector<std::filesystem::path> made_;     ///< those of them that were not there
  bool is_committed_ = false, may_be_taken_back_ = false;
  OnInterrupt on_interrupt_;
};

/// True where a path cannot be replaced: stdout ("-"), a device, a pipe.
bool is_stream(const std::filesystem::path& path);

}  // namespace toccata::cli
