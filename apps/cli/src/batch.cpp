// SPDX-License-Identifier: MIT
#include "batch.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace toccata::cli {

Outcome<void> run_all(std::size_t count, const std::function<Outcome<void>(std::size_t)>& job) {
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::size_t failed_at = count;  // jobs after it need not begin
  std::optional<Failure> failure;
  const auto work = [&] {
    for (;;) {
      const std::size_t index = next++;
      if (index >= count) return;
      if (const std::lock_guard lock(mutex); index > failed_at) return;
      auto done = job(index);
      if (done) continue;
      const std::lock_guard lock(mutex);
      if (index >= failed_at) continue;
      failed_at = index;
      failure = std::move(done).error();
    }
  };
  const std::size_t cores = std::max(std::thread::hardware_concurrency(), 1U);
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(cores, count); ++i) others.emplace_back(work);
    work();
  }
  if (failure) return Unexpected{*std::move(failure)};
  return {};
}

}  // namespace toccata::cli
