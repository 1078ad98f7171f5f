// SPDX-License-Identifier: GPL-3.0-or-later
#include "host.hpp"

namespace juce {
/// JUCE's own, which its headers do not show. False where no message is waiting.
bool dispatchNextMessageOnSystemQueue(bool return_if_none);
}  // namespace juce

namespace toccata::render_juce {
namespace {

/// After so long the work may be waiting for a message.
constexpr auto kPatience = std::chrono::milliseconds(200);

}  // namespace

SoundThread::~SoundThread() {
  {
    const std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void SoundThread::begin(const std::function<void()>& work) {
  {
    const std::lock_guard lock(mutex_);
    work_ = &work;
  }
  changed_.notify_all();
}

bool SoundThread::wait_done(std::chrono::milliseconds most) {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, most, [&] { return work_ == nullptr; });
}

void SoundThread::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return work_ != nullptr || is_over_; });
    if (is_over_) return;
    lock.unlock();
    (*work_)();
    lock.lock();
    work_ = nullptr;
    changed_.notify_all();
  }
}

juce::LV2PluginFormat& Host::Impl::lv2_format() {
  if (!lv2) lv2 = std::make_unique<juce::LV2PluginFormat>();
  return *lv2;
}

Host::Host() : impl_(std::make_unique<Impl>()) {}
Host::~Host() = default;

void Host::pump(int milliseconds) {
  if (milliseconds == 0) {
    // runDispatchLoopUntil sleeps for a millisecond where there is nothing to do, which is as long
    // as a plug-in takes for some twenty of sound. A plug-in that posts without end must not hold
    // us.
    constexpr int kMostMessages = 64;
    for (int i = 0; i < kMostMessages && juce::dispatchNextMessageOnSystemQueue(true); ++i) {
    }
    return;
  }
  juce::MessageManager::getInstance()->runDispatchLoopUntil(milliseconds);
}

void Host::run_on_sound_thread(const std::function<void()>& work) {
  impl_->sound.begin(work);
  if (impl_->sound.wait_done(kPatience)) return;
  do pump(1);
  while (!impl_->sound.wait_done(std::chrono::milliseconds(1)));
}

}  // namespace toccata::render_juce
