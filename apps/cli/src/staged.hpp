// SPDX-License-Identifier: MIT
// Several files written as one: all of them or none, and no existing file changed on failure.
#pragma once

#include <filesystem>
#include <mutex>
#include <shared_mutex>
#include <vector>

#include "failure.hpp"
#include "interrupt.hpp"

#include <toccata/base/bytes.hpp>

namespace toccata::cli {

/// Contents are first written beside their places, each whole; commit() then puts all of them
/// there. What was not committed is removed in the end, also when the program is interrupted.
/// Threads: stage() may be called from several at once.
class StagedFiles {
 public:
  StagedFiles();
  StagedFiles(const StagedFiles&) = delete;
  StagedFiles& operator=(const StagedFiles&) = delete;
  ~StagedFiles();

  /// "-" is stdout, written at commit. Errors: the folder is missing or may not be written, a full
  /// disk.
  Outcome<void> stage(const std::filesystem::path& path, Bytes content);
  /// A path beside `path`, with its extension, for somebody else to write before the commit.
  std::filesystem::path reserve(const std::filesystem::path& path);
  /// Makes a folder for files to be put into, unless it is there.
  Outcome<void> make_folder(const std::filesystem::path& path);
  Outcome<void> commit();

 private:
  enum class State : std::uint8_t {
    Waiting,
    Reserved,  ///< somebody else writes it
    Placed
  };
  struct Staged {
    std::filesystem::path path;
    std::filesystem::path beside;  ///< where the content waits; empty: it is in `content`
    std::filesystem::path before;  ///< a second name for the file that stood there
    State state = State::Waiting;
    Bytes content;  ///< for stdout and devices, which cannot be renamed onto
  };
  std::filesystem::path add(const std::filesystem::path& path, const std::string& ending,
                            State state);
  Outcome<void> place(Staged& file);
  void take_back();
  void remove_rest();
  void abandon();

  std::mutex mutex_;
  std::shared_mutex writing_;  ///< shared by threads that write a file; taken after mutex_
  std::vector<Staged> files_;
  std::vector<std::filesystem::path> folders_;  ///< made here
  bool is_committed_ = false;
  OnInterrupt on_interrupt_;
};

/// True where a path cannot be renamed onto: stdout ("-"), a device, a pipe.
bool is_stream(const std::filesystem::path& path);

}  // namespace toccata::cli
