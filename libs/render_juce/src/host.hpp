// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include <juce_audio_processors/juce_audio_processors.h>

#include <toccata/render_juce/plugin.hpp>

namespace toccata::render_juce {

/// A thread that does one piece of work after another.
class SoundThread {
 public:
  SoundThread() : thread_([this] { run(); }) {}
  ~SoundThread();
  void begin(const std::function<void()>& work);
  /// Whether the work begun is done, waited for no longer than that.
  bool wait_done(std::chrono::milliseconds most);

 private:
  void run();
  std::mutex mutex_;
  std::condition_variable changed_;
  const std::function<void()>* work_ = nullptr;  ///< null: nothing to do
  bool is_over_ = false;
  std::thread thread_;
};

struct Host::Impl {
  juce::ScopedJuceInitialiser_GUI juce;
  SoundThread sound;
  juce::VST3PluginFormat vst3;
  std::unique_ptr<juce::LV2PluginFormat> lv2;  ///< made at need: it writes to the temporary folder

  juce::LV2PluginFormat& lv2_format();
};

inline std::string to_std(const juce::String& text) { return text.toStdString(); }

}  // namespace toccata::render_juce
