// SPDX-License-Identifier: MIT
#include "oversample.hpp"

#include <algorithm>
#include <array>

#include <toccata/audio/level.hpp>

namespace toccata::audio {
namespace {

/// Most of a signal cannot hold its highest point, and a look at the samples tells which part.
double true_peak_of(std::span<const float> signal, double highest) {
  std::array<float, kBlock> peaks;
  for (std::size_t first = 0; first < signal.size(); first += kBlock) {
    const std::size_t count = std::min(kBlock, signal.size() - first);
    if (largest_near(signal, first, count) * interpolator().largest_sum <= highest) continue;
    find_peaks(signal, first, std::span(peaks).first(count));
    for (std::size_t i = 0; i < count; ++i) highest = std::max<double>(highest, peaks[i]);
  }
  return highest;
}

void raise_to_peaks(std::span<const float> signal, float of_interest, std::span<float> curve) {
  std::array<float, kBlock> peaks;
  for (std::size_t first = 0; first < signal.size(); first += kBlock) {
    const std::size_t count = std::min(kBlock, signal.size() - first);
    const float near = largest_near(signal, first, count);
    if (near * interpolator().largest_sum < of_interest) std::fill_n(peaks.begin(), count, near);
    else find_peaks(signal, first, std::span(peaks).first(count));
    for (std::size_t i = 0; i < count; ++i) curve[first + i] = std::max(curve[first + i], peaks[i]);
  }
}

}  // namespace

double true_peak(StereoView signal) {
  return true_peak_of(signal.right, true_peak_of(signal.left, 0));
}

std::vector<float> peak_curve(StereoView signal, float of_interest) {
  std::vector<float> curve(signal.frames(), 0.0F);
  raise_to_peaks(signal.left, of_interest, curve);
  raise_to_peaks(signal.right, of_interest, curve);
  return curve;
}

}  // namespace toccata::audio
