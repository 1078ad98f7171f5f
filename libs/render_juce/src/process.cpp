// SPDX-License-Identifier: GPL-3.0-or-later
#include "instance.hpp"

#include <algorithm>

namespace toccata::render_juce {
namespace {

void add(const render::Message& message, juce::MidiBuffer& midi) {
  if (message.sysex != nullptr) {
    midi.addEvent(juce::MidiMessage::createSysExMessage(message.sysex->data(),
                                                        static_cast<int>(message.sysex->size())),
                  0);
    return;
  }
  const std::uint8_t bytes[] = {message.status, message.data1, message.data2};
  const bool is_short = message.kind() == 0xC0 || message.kind() == 0xD0;
  midi.addEvent(bytes, is_short ? 2 : 3, 0);
}

/// The two channels of a buffer that are heard.
struct Heard {
  int left, right;
};
Heard heard_channels(const juce::AudioProcessor& processor) {
  const auto channels = [&](int bus) {
    return bus < processor.getBusCount(false) ? processor.getChannelCountOfBus(false, bus) : 0;
  };
  const auto first = [&](int bus) {
    return processor.getChannelIndexInProcessBlockBuffer(false, bus, 0);
  };
  int bus = 0;  // the main bus, unless it is turned off
  while (bus + 1 < processor.getBusCount(false) && channels(bus) == 0) ++bus;
  if (channels(bus) >= 2) return {first(bus), first(bus) + 1};
  // LV2 plug-ins have a bus for each side.
  const bool is_pair = bus == 0 && processor.getBusCount(false) == 2 && channels(1) == 1;
  return {first(bus), is_pair ? first(1) : first(bus)};
}

}  // namespace

void PlayHead::set(const render::Position& position, bool is_playing, int rate_hz) {
  info_.setTimeInSamples(static_cast<juce::int64>(position.frame));
  info_.setTimeInSeconds(static_cast<double>(position.frame) / rate_hz);
  info_.setBpm(position.tempo_bpm);
  info_.setTimeSignature(TimeSignature{position.pulses, position.unit});
  info_.setPpqPosition(position.quarter);
  info_.setPpqPositionOfLastBarStart(position.bar_quarter);
  info_.setBarCount(position.bar);
  info_.setIsPlaying(is_playing);
}

void Plugin::process(std::span<const render::Message> messages, const render::Position& position,
                     bool is_playing, audio::StereoSpan out) {
  const juce::ScopedNoDenormals no_denormals;
  Impl& impl = *impl_;
  const int frames = static_cast<int>(out.frames());
  juce::AudioBuffer<float> buffer(impl.buffer.getArrayOfWritePointers(),
                                  impl.buffer.getNumChannels(), frames);
  buffer.clear();
  impl.midi.clear();
  for (const auto& message : messages) {
    if (message.sysex == nullptr && message.kind() == 0xC0) select_program(message.data1);
    add(message, impl.midi);
  }
  impl.play_head.set(position, is_playing, impl.rate_hz);
  impl.instance->processBlock(buffer, impl.midi);
  const auto [left, right] = heard_channels(*impl.instance);
  std::copy_n(buffer.getReadPointer(left), frames, out.left.begin());
  std::copy_n(buffer.getReadPointer(right), frames, out.right.begin());
}

}  // namespace toccata::render_juce
