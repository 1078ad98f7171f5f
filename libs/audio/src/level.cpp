// SPDX-License-Identifier: MIT
#include "oversample.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <toccata/audio/level.hpp>
#include <toccata/audio/parallel.hpp>

namespace toccata::audio {
namespace {

constexpr std::size_t kStretch = 256 * kBlock;  ///< frames that one thread takes at once

/// Calls work(first, end) for stretches that make up `frames` frames.
template <class Work>
void for_each_stretch(std::size_t frames, int threads, Work work) {
  for_each_index((frames + kStretch - 1) / kStretch, threads, [&](std::size_t index) {
    work(index * kStretch, std::min(frames, (index + 1) * kStretch));
  });
}

float highest_sample(std::span<const float> samples) {
  constexpr std::size_t kLanes = 8;
  std::array<float, kLanes> highest{};
  std::size_t i = 0;
  for (; i + kLanes <= samples.size(); i += kLanes)
    for (std::size_t k = 0; k < kLanes; ++k)
      highest[k] = std::max(highest[k], std::abs(samples[i + k]));
  for (; i < samples.size(); ++i) highest[0] = std::max(highest[0], std::abs(samples[i]));
  return *std::max_element(highest.begin(), highest.end());
}

/// Most of a signal cannot hold its highest point, and a look at the samples tells which part.
double true_peak_of(std::span<const float> signal, double highest, std::size_t from,
                    std::size_t to) {
  std::array<float, kBlock> peaks;
  for (std::size_t first = from; first < to; first += kBlock) {
    const std::size_t count = std::min(kBlock, to - first);
    if (static_cast<double>(largest_near(signal, first, count) * interpolator().largest_sum) <=
        highest)
      continue;
    find_peaks(signal, first, std::span(peaks).first(count));
    for (std::size_t i = 0; i < count; ++i)
      highest = std::max(highest, static_cast<double>(peaks[i]));
  }
  return highest;
}

void raise_to_peaks(std::span<const float> signal, float of_interest, std::span<float> curve,
                    std::size_t from, std::size_t to) {
  std::array<float, kBlock> peaks;
  for (std::size_t first = from; first < to; first += kBlock) {
    const std::size_t count = std::min(kBlock, to - first);
    const float near = largest_near(signal, first, count);
    if (near * interpolator().largest_sum < of_interest) std::fill_n(peaks.begin(), count, near);
    else find_peaks(signal, first, std::span(peaks).first(count));
    for (std::size_t i = 0; i < count; ++i) curve[first + i] = std::max(curve[first + i], peaks[i]);
  }
}

}  // namespace

double true_peak(StereoView signal, int threads) {
  std::vector<double> peaks((signal.frames() + kStretch - 1) / kStretch);
  for_each_stretch(signal.frames(), threads, [&](std::size_t from, std::size_t to) {
    peaks[from / kStretch] =
        static_cast<double>(std::max(highest_sample(signal.left.subspan(from, to - from)),
                                     highest_sample(signal.right.subspan(from, to - from))));
  });
  // No point lies under the highest sample: with that to begin with, most need no look.
  const double at_least = peaks.empty() ? 0 : *std::max_element(peaks.begin(), peaks.end());
  std::fill(peaks.begin(), peaks.end(), at_least);
  for_each_stretch(signal.frames(), threads, [&](std::size_t from, std::size_t to) {
    double& peak = peaks[from / kStretch];
    peak = true_peak_of(signal.left, peak, from, to);
    peak = true_peak_of(signal.right, peak, from, to);
  });
  return peaks.empty() ? 0 : *std::max_element(peaks.begin(), peaks.end());
}

std::vector<float> peak_curve(StereoView signal, float of_interest, int threads) {
  std::vector<float> curve(signal.frames(), 0.0F);
  for_each_stretch(signal.frames(), threads, [&](std::size_t from, std::size_t to) {
    raise_to_peaks(signal.left, of_interest, curve, from, to);
    raise_to_peaks(signal.right, of_interest, curve, from, to);
  });
  return curve;
}

}  // namespace toccata::audio
