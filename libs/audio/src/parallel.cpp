// SPDX-License-Identifier: MIT
#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include <toccata/audio/parallel.hpp>

namespace toccata::audio {

void for_each_index(std::size_t count, int threads, const std::function<void(std::size_t)>& work) {
  const auto cores = std::max(1U, std::thread::hardware_concurrency());
  const auto most = threads == 0 ? std::size_t{cores} : static_cast<std::size_t>(threads);
  std::atomic<std::size_t> next{0};
  std::exception_ptr thrown;
  std::mutex guard;
  const auto run = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      const std::lock_guard lock(guard);
      thrown = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(most, count); ++i) others.emplace_back(run);
    run();
  }
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace toccata::audio
