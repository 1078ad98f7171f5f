// SPDX-License-Identifier: MIT
// Something that one thread makes and the audio thread goes on with, without waiting or freeing.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

namespace toccata::instrument {

/// Threads: offer and collect from one thread, take from the audio thread.
template <class T>
class Handover {
 public:
  Handover() = default;
  Handover(const Handover&) = delete;
  Handover& operator=(const Handover&) = delete;
  ~Handover() {
    delete next_.load();
    delete retired_.load();
    delete current_;
  }

  /// What is taken next. Frees what was offered and never taken, and what the audio thread has
  /// laid aside.
  void offer(std::unique_ptr<T> next) {
    delete next_.exchange(next.release());
    collect();
  }
  /// Frees what the audio thread has laid aside.
  void collect() { delete retired_.exchange(nullptr); }

  /// What was offered last, if it is new. Realtime: yes.
  bool take() {
    if (retired_.load() != nullptr) return false;  // not collected yet: later
    T* next = next_.exchange(nullptr);
    if (next == nullptr) return false;
    retired_.store(current_);
    current_ = next;
    return true;
  }
  /// Frees everything. Only while the audio thread does not run.
  void clear() {
    delete next_.exchange(nullptr);
    collect();
    delete std::exchange(current_, nullptr);
  }
  /// What the audio thread works with, or null. Realtime: yes.
  T* current() const { return current_; }

 private:
  std::atomic<T*> next_{nullptr}, retired_{nullptr};
  T* current_ = nullptr;
};

}  // namespace toccata::instrument
