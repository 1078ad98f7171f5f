// SPDX-License-Identifier: MIT
#include "oversample.hpp"

#include <algorithm>
#include <cmath>

#include <toccata/base/elementary.hpp>

namespace toccata::audio {
namespace {

constexpr std::size_t kBefore = kTaps / 2 - 1;  ///< samples before the one a point follows

/// Modified Bessel function of the first kind, order 0, by its power series.
double bessel_i0(double x) {
  double term = 1, sum = 1;
  for (int k = 1; k < 40; ++k) {
    term *= (x / 2 / k) * (x / 2 / k);
    sum += term;
  }
  return sum;
}

/// Kaiser's window over [-1, 1]. Source: Kaiser and Schafer 1980; beta 7: side lobes at -70 dB.
double kaiser(double x) {
  constexpr double kBeta = 7.0;
  return std::abs(x) >= 1 ? 0 : bessel_i0(kBeta * std::sqrt(1 - x * x)) / bessel_i0(kBeta);
}

Interpolator make_interpolator() {
  Interpolator made{};
  for (std::size_t phase = 1; phase < kPhases; ++phase) {
    auto& taps = made.taps[phase - 1];
    float sum = 0;
    for (std::size_t k = 0; k < kTaps; ++k) {
      const double distance = static_cast<double>(k) - static_cast<double>(kBefore) -
                              static_cast<double>(phase) / static_cast<double>(kPhases);
      const double sinc = exact_sin(kPi * distance) / (kPi * distance);
      taps[k] = static_cast<float>(sinc * kaiser(distance / (kTaps / 2)));
      sum += std::abs(taps[k]);
    }
    made.largest_sum = std::max(made.largest_sum, sum);
  }
  return made;
}

}  // namespace

const Interpolator& interpolator() {
  static const Interpolator made = make_interpolator();
  return made;
}

float largest_near(std::span<const float> signal, std::size_t first, std::size_t count) {
  const std::size_t from = first > kBefore ? first - kBefore : 0;
  const std::size_t to = std::min(signal.size(), first + count + kTaps);
  float largest = 0;
  for (std::size_t i = from; i < to; ++i) largest = std::max(largest, std::abs(signal[i]));
  return largest;
}

void find_peaks(std::span<const float> signal, std::size_t first, std::span<float> peaks) {
  std::array<float, kBlock + kTaps> near{};
  for (std::size_t i = 0; i < near.size(); ++i) {
    const std::size_t at = first + i;
    if (at >= kBefore && at - kBefore < signal.size()) near[i] = signal[at - kBefore];
  }
  std::array<float, kBlock> largest;
  for (std::size_t i = 0; i < kBlock; ++i) largest[i] = std::abs(near[i + kBefore]);
  for (const auto& taps : interpolator().taps) {
    std::array<float, kBlock> point{};
    for (std::size_t k = 0; k < kTaps; ++k)
      for (std::size_t i = 0; i < kBlock; ++i) point[i] += taps[k] * near[i + k];
    for (std::size_t i = 0; i < kBlock; ++i) largest[i] = std::max(largest[i], std::abs(point[i]));
  }
  std::copy_n(largest.begin(), std::min(peaks.size(), kBlock), peaks.begin());
}

}  // namespace toccata::audio
