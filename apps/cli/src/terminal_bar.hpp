// SPDX-License-Identifier: MIT
// A bar on the terminal for work that takes over a second; nothing elsewhere.
#pragma once

#include <chrono>
#include <mutex>
#include <string_view>

namespace toccata::cli {

/// Threads: draw() may be called from several at once.
class TerminalBar {
 public:
  TerminalBar();
  TerminalBar(const TerminalBar&) = delete;
  TerminalBar& operator=(const TerminalBar&) = delete;
  ~TerminalBar();
  /// With words behind the bar: what is being done, and how fast.
  void draw(double share_done, std::string_view words = {});

 private:
  using Clock = std::chrono::steady_clock;
  const bool shown_;  ///< stderr is a terminal
  const Clock::time_point begun_ = Clock::now();
  std::mutex mutex_;
  int percent_ = -1;  ///< last drawn; -1: nothing yet
  Clock::time_point drawn_{};
};

}  // namespace toccata::cli
