// SPDX-License-Identifier: MIT
// Signals to measure with, and measures that share nothing with the library's.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>

#include <toccata/audio/signal.hpp>
#include <toccata/base/rng.hpp>

namespace toccata::audio::test {

inline constexpr SampleRate kRate = SampleRate::literal(48000);

inline void add_tone(StereoSpan into, double hertz, double size, double phase = 0) {
  for (std::size_t i = 0; i < into.frames(); ++i) {
    const auto sample = static_cast<float>(
        size * std::sin(phase + 2 * M_PI * hertz * static_cast<double>(i) / kRate.hertz()));
    into.left[i] += sample;
    into.right[i] += sample;
  }
}

/// Noise with bursts: a crest factor like that of music with drums. As in music little is left at
/// the very top: there every meter of true peak says something else.
inline Stereo drum_like(double seconds, double burst) {
  Stereo made(kRate.frames(seconds));
  Rng rng(5);
  float left = 0, right = 0;
  for (std::size_t i = 0; i < made.frames(); ++i) {
    const double since = static_cast<double>(i % kRate.frames(0.5)) / kRate.hertz();
    const double level = 0.05 + burst * std::exp(-since * 60);
    left = 0.4F * left + static_cast<float>(level * (2 * rng.uniform() - 1));
    right = 0.4F * right + static_cast<float>(level * (2 * rng.uniform() - 1));
    made.left[i] = left;
    made.right[i] = right;
  }
  return made;
}

/// The largest size among 16 points a sample, by 128 samples of a sinc under a cosine window: slow,
/// and made apart from the library's filters.
inline double slow_true_peak(std::span<const float> signal) {
  constexpr int kReach = 64, kPoints = 16;
  const auto size = static_cast<int>(signal.size());
  double highest = 0;
  for (int point = 0; point < kPoints; ++point) {
    std::vector<double> taps(2 * kReach);
    for (int k = 0; k < 2 * kReach; ++k) {
      const double x = static_cast<double>(point) / kPoints + kReach - 1 - k;
      const double window = std::cos(M_PI / 2 * x / (kReach + 1));
      taps[static_cast<std::size_t>(k)] =
          window * window * (std::abs(x) < 1e-9 ? 1 : std::sin(M_PI * x) / (M_PI * x));
    }
    for (int n = 0; n < size; ++n) {
      double sum = 0;
      for (int k = std::max(0, kReach - 1 - n); k < std::min(2 * kReach, size - n + kReach - 1);
           ++k)
        sum += signal[static_cast<std::size_t>(n + k - kReach + 1)] *
               taps[static_cast<std::size_t>(k)];
      highest = std::max(highest, std::abs(sum));
    }
  }
  return highest;
}
inline double slow_true_peak(StereoView signal) {
  return std::max(slow_true_peak(signal.left), slow_true_peak(signal.right));
}

}  // namespace toccata::audio::test
