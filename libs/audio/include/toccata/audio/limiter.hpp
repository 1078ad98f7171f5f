// SPDX-License-Identifier: MIT
// A look-ahead limiter: the gain falls before a peak comes, so that none passes the ceiling.
#pragma once

#include <span>
#include <vector>

#include <toccata/audio/signal.hpp>

namespace toccata::audio {

struct LimiterSettings {
  double ceiling = 0.89;     ///< true peak, 1 is full scale. Range: over 0
  double look_ahead_ms = 5;  ///< how long the gain takes to fall. Range: 0.5 to 50
  double release_ms = 120;   ///< time constant with which it comes back. Range: 1 to 2000
};

/// The factor for each frame of a signal with these peaks (see peak_curve), after `gain`: at most
/// 1, at every peak low enough, and without a step.
///
/// Both channels get one factor, so the picture between them stands still. No latency: the whole
/// signal is known.
std::vector<float> limiter_gains(std::span<const float> peaks, double gain, SampleRate rate,
                                 const LimiterSettings& settings);

/// Multiplies by the limiter's gains. A true peak after it lies under the ceiling but for 0.1 dB
/// (the gain moves between the samples too): what must hold for certain is measured after.
void limit(StereoSpan signal, SampleRate rate, const LimiterSettings& settings);

}  // namespace toccata::audio
