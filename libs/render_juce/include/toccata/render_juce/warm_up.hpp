// SPDX-License-Identifier: GPL-3.0-or-later
// Samplers that load while time passes: asked with notes until they sound.
#pragma once

#include <chrono>
#include <functional>
#include <vector>

#include <toccata/render_juce/plugin.hpp>

namespace toccata::render_juce {

/// A note to try a plug-in with.
struct Probe {
  int channel = 0, pitch = 60, velocity = 100;
  int program = -1;  ///< -1: none is sent
};
/// Some of the notes that a stream plays: its first, then of each channel and program the first,
/// the lowest and the highest.
std::vector<Probe> probes_of(const render::Stream& stream);

enum class Readiness : std::uint8_t {
  AtOnce,  ///< it sounded from the first try on as it did later
  Waited,  ///< it sounds now, and differently than at first
  Silent,
};
struct WarmUp {
  Readiness readiness = Readiness::Silent;
  double waited_s = 0;          ///< from the first probe on
  bool is_first_heard = false;  ///< the first probe
};

struct WarmUpSettings {
  audio::SampleRate rate;
  std::size_t block = 512;
  std::chrono::steady_clock::time_point deadline{};
  bool is_one_enough = false;  ///< whether one note that sounds is enough to be ready
  std::function<void()> on_wait = [] {};
};

/// Plays the probes again and again, while messages are handed out and time passes, until all of
/// them sound, or those that do have been the same for a while. Afterwards all notes are off and
/// what sounded has died away, if it does within ten seconds.
WarmUp warm_up(Host& host, Plugin& plugin, const render::Stream& stream,
               std::span<const Probe> probes, const WarmUpSettings& settings);

}  // namespace toccata::render_juce
