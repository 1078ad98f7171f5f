// SPDX-License-Identifier: MIT
#include "interrupt.hpp"

#include <csignal>
#include <utility>

#include <pthread.h>

namespace toccata::cli {
namespace {

constexpr int kInterrupts[] = {SIGINT, SIGTERM, SIGHUP};

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

OnInterrupt::OnInterrupt(std::function<void()> tidy_up) : tidy_up_(std::move(tidy_up)) {
  sigemptyset(&awaited_);
  for (const int signal : kInterrupts)
    if (!is_ignored(signal)) sigaddset(&awaited_, signal);
  // Threads inherit the mask, so that these signals reach nobody but the one that waits.
  ::pthread_sigmask(SIG_BLOCK, &awaited_, &before_);
  if (sigismember(&awaited_, SIGTERM) == 1) waiting_ = std::thread([this] { wait(); });
}

OnInterrupt::~OnInterrupt() {
  if (waiting_.joinable()) {
    is_over_ = true;
    ::pthread_kill(waiting_.native_handle(), SIGTERM);
    waiting_.join();
  }
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void OnInterrupt::wait() {
  int signal = 0;
  ::sigwait(&awaited_, &signal);
  if (is_over_) return;
  tidy_up_();
  std::signal(signal, SIG_DFL);
  ::pthread_sigmask(SIG_UNBLOCK, &awaited_, nullptr);
  ::raise(signal);
}

}  // namespace toccata::cli
