// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "host.hpp"

namespace toccata::render_juce {

/// Tells a plug-in where the music is.
class PlayHead final : public juce::AudioPlayHead {
 public:
  void set(const render::Position& position, bool is_playing, int rate_hz);
  juce::Optional<PositionInfo> getPosition() const override { return info_; }

 private:
  PositionInfo info_;
};

struct Plugin::Impl {
  Impl(Host& h, juce::PluginDescription d, std::unique_ptr<juce::AudioPluginInstance> i)
      : host(h), description(std::move(d)), instance(std::move(i)) {}
  bool is_vst3() const { return description.pluginFormatName == "VST3"; }

  Host& host;
  juce::PluginDescription description;
  PlayHead play_head;  ///< before the instance, which points to it
  std::unique_ptr<juce::AudioPluginInstance> instance;
  juce::AudioBuffer<float> buffer;
  juce::MidiBuffer midi;
  int rate_hz = 0;
  bool has_preset = false;
  std::vector<std::string> others;
};

}  // namespace toccata::render_juce
