// SPDX-License-Identifier: GPL-3.0-or-later
// A folder for what plug-ins and JUCE write, and the end of what they have started.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <failure.hpp>
#include <sys/types.h>

namespace toccata::midirenderer {

/// TMPDIR points to the folder while it lives. A process of its own makes and removes it, so that
/// it goes even if this process is killed: then the worker's group of processes is killed first.
class TemporaryFolder {
 public:
  /// Errors: Failed, where there is no folder for temporary files, or no process could be started.
  /// Threads: none other may run, as the process is forked.
  static cli::Outcome<std::unique_ptr<TemporaryFolder>> make();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  /// Waits until the folder is gone.
  ~TemporaryFolder();

  /// The descriptor that a worker is to hand to name_group; it inherits it.
  int watch() const { return watch_; }
  /// To be called when a worker has ended and its group was killed: its number may be another's.
  void forget_group() const;

 private:
  TemporaryFolder(int watch, pid_t cleaner, const std::string& path);

  int watch_;
  pid_t cleaner_;
  std::optional<std::string> before_;  ///< TMPDIR as it was
};

/// In a worker, before it loads anything: says that its group is to be killed with the folder.
void name_group(int watch);

}  // namespace toccata::midirenderer
