// SPDX-License-Identifier: MIT
#include <algorithm>

#include "workers.hpp"

namespace toccata::learn {

Workers::Workers(unsigned threads) {
  if (threads == 0) threads = std::max(1U, std::thread::hardware_concurrency());
  for (unsigned worker = 1; worker < threads; ++worker)
    others_.emplace_back([this, worker] { serve(worker); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  begun_.notify_all();
}

void Workers::drain(std::size_t worker) {
  for (;;) {
    const std::size_t task = next_.fetch_add(1);
    if (task >= tasks_) return;
    (*work_)(task, worker);
  }
}

void Workers::serve(std::size_t worker) {
  std::uint64_t seen = 0;
  std::unique_lock lock(mutex_);
  for (;;) {
    begun_.wait(lock, [&] { return ending_ || (list_ != seen && work_ != nullptr); });
    if (ending_) return;
    seen = list_;
    ++inside_;
    lock.unlock();
    drain(worker);
    lock.lock();
    if (--inside_ == 0) left_.notify_one();
  }
}

void Workers::run(std::size_t tasks, const Work& work) {
  if (others_.empty() || tasks < 2) {
    for (std::size_t task = 0; task < tasks; ++task) work(task, 0);
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    work_ = &work;
    tasks_ = tasks;
    next_ = 0;
    ++list_;
  }
  begun_.notify_all();
  drain(0);
  std::unique_lock lock(mutex_);
  left_.wait(lock, [&] { return inside_ == 0; });
  work_ = nullptr;
}

}  // namespace toccata::learn
