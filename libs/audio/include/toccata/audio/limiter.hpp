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
/// signal is known. The same with any number of threads (0: one a core).
std::vector<float> limiter_gains(std::span<const float> peaks, double gain, SampleRate rate,
                                 const LimiterSettings& settings, int threads = 1);

/// Turns all down until its true peak, measured, lies under the ceiling; gives that peak.
double hold_ceiling(StereoSpan signal, double ceiling, int threads = 1);

/// Multiplies by the limiter's gains. No true peak passes the ceiling: since the gain moves between
/// the samples too, up to 0.1 dB may be left of one, and for that all is turned down.
void limit(StereoSpan signal, SampleRate rate, const LimiterSettings& settings);

}  // namespace toccata::audio
