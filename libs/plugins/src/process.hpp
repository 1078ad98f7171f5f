// SPDX-License-Identifier: MIT
// One child process with its two outputs, and an end for it and all that it started.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>
#include <toccata/base/result.hpp>

namespace toccata::plugins {

/// A process in a group of its own. It dies with the thread that started it, and its group with
/// this object.
class Process {
 public:
  /// Errors: the system's words.
  static Result<Process, std::string> start(const std::filesystem::path& program,
                                            const std::vector<std::string>& arguments);
  Process(Process&& other) noexcept;
  Process& operator=(Process&&) = delete;
  ~Process();

  /// Where each piece of its standard output goes, and of its standard error.
  struct Sinks {
    std::function<void(std::string_view)> out, error;
  };
  /// In seconds of wall time: past `limit` it goes on only while no `quiet` passes without a word.
  struct Limits {
    double limit, quiet;
  };
  /// Reads both until the process has ended or its time is over. Gives its status as waitpid does,
  /// or nothing when the time was over.
  std::optional<int> run(const Limits& limits, const Sinks& sinks);

 private:
  Process(pid_t id, int out, int error) : id_(id), out_(out), error_(error) {}
  std::optional<int> ended();

  pid_t id_ = -1;
  int out_ = -1, error_ = -1;
  bool is_waited_for_ = false;
};

}  // namespace toccata::plugins
