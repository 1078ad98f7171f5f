// SPDX-License-Identifier: MIT
// What is to be tidied up when the program is interrupted.
#pragma once

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

namespace toccata::cli {

/// While it lives, an interrupt (Ctrl-C, SIGTERM, SIGHUP) first tidies up and then ends the program
/// as it would have without. Signals that were ignored stay so.
///
/// A thread waits for the signals, so that tidying may take locks and allocate; a signal handler
/// could do neither. Threads: make it before the threads that are to be interrupted, one at a time.
class OnInterrupt {
 public:
  explicit OnInterrupt(std::function<void()> tidy_up);
  OnInterrupt(const OnInterrupt&) = delete;
  OnInterrupt& operator=(const OnInterrupt&) = delete;
  ~OnInterrupt();

 private:
  void wait();

  std::function<void()> tidy_up_;
  sigset_t awaited_, before_;
  std::atomic<bool> is_over_ = false;
  std::thread waiting_;
};

}  // namespace toccata::cli
