// SPDX-License-Identifier: MIT
#include "interrupt.hpp"

#include <csignal>
#include <utility>

#include <pthread.h>

namespace toccata::cli {
namespace {

constexpr int kInterrupts[] = {SIGINT, SIGTERM, SIGHUP};

/// With it the waiting thread is told that it is over; nobody else is sent it.
constexpr int kOver = SIGUSR1;

bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

OnInterrupt::OnInterrupt(std::function<void()> tidy_up) : tidy_up_(std::move(tidy_up)) {
  sigemptyset(&awaited_);
  bool is_awaited = false;
  for (const int signal : kInterrupts) {
    if (is_ignored(signal)) continue;
    sigaddset(&awaited_, signal);
    is_awaited = true;
  }
  if (is_awaited) sigaddset(&awaited_, kOver);
  // Threads inherit the mask, so that these signals reach nobody but the one that waits.
  ::pthread_sigmask(SIG_BLOCK, &awaited_, &before_);
  if (is_awaited) waiting_ = std::thread([this] { wait(); });
}

OnInterrupt::~OnInterrupt() {
  if (waiting_.joinable()) {
    is_over_ = true;
    ::pthread_kill(waiting_.native_handle(), kOver);
    waiting_.join();
  }
  ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void OnInterrupt::wait() {
  int signal = 0;
  do {
    ::sigwait(&awaited_, &signal);
    if (is_over_) return;
  } while (signal == kOver);
  tidy_up_();
  std::signal(signal, SIG_DFL);
  ::pthread_sigmask(SIG_UNBLOCK, &awaited_, nullptr);
  ::raise(signal);
}

}  // namespace toccata::cli
