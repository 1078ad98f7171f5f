// SPDX-License-Identifier: GPL-3.0-or-later
// A stream played by a plug-in from its first frame until its sound has died.
#pragma once

#include <functional>
#include <optional>

#include <toccata/render_juce/plugin.hpp>

namespace toccata::render_juce {

/// After the last event where no tail is asked for, at most.
inline constexpr double kMostTailSeconds = 10;

struct PlaySettings {
  std::size_t block = 512;
  std::optional<double> tail_s{};  ///< none: until the sound has died
  double settle_s = 0;  ///< of wall time before the music, for what loads only once it is played
};
struct Played {
  std::size_t frames = 0;
  std::size_t latency_frames = 0;  ///< that the plug-in says it has; taken off
};

/// Frames that `play` may write to at most.
std::size_t most_frames(const render::Stream& stream, const PlaySettings& settings);

/// Plays into `out`, which has most_frames; the frames after the given number hold nothing. What
/// the file sets up before its first note is played before the music begins, out of hearing.
/// `on_progress` is told parts of 1.
Played play(Host& host, Plugin& plugin, const render::Stream& stream, const PlaySettings& settings,
            audio::StereoSpan out, const std::function<void(double)>& on_progress);

}  // namespace toccata::render_juce
