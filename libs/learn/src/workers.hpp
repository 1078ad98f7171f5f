// SPDX-License-Identifier: MIT
// Threads that wait for lists of tasks, so that a list costs microseconds to hand out.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace toccata::learn {

class Workers {
 public:
  using Work = std::function<void(std::size_t task, std::size_t worker)>;

  /// `threads` counts the one that calls run(); 0 stands for one a core.
  explicit Workers(unsigned threads);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  std::size_t count() const { return others_.size() + 1; }
  /// Runs tasks 0 to `tasks` - 1, each once, on whatever worker is free; comes back when all are
  /// done. Range: not called by two threads at once, nor by a task.
  void run(std::size_t tasks, const Work& work);

 private:
  void serve(std::size_t worker);
  void drain(std::size_t worker);

  std::mutex mutex_;
  std::condition_variable begun_, left_;
  const Work* work_ = nullptr;  ///< null between lists: a thread that wakes late finds nothing
  std::size_t tasks_ = 0;
  std::atomic<std::size_t> next_{0};
  std::size_t inside_ = 0;
  std::uint64_t list_ = 0;
  bool ending_ = false;
  std::vector<std::jthread> others_;
};

}  // namespace toccata::learn
