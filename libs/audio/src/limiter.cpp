// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <deque>

#include <toccata/audio/level.hpp>
#include <toccata/audio/limiter.hpp>
#include <toccata/audio/parallel.hpp>
#include <toccata/base/elementary.hpp>

namespace toccata::audio {
namespace {

/// Each value becomes the smallest from one frame before it to `ahead` frames after it.
/// Source: Lemire 2006, streaming maximum-minimum filter (monotonic wedge).
void hold_minimum(std::vector<float>& values, std::size_t ahead) {
  std::deque<std::pair<std::size_t, float>> wedge;  // rising values, each the least until its frame
  const std::size_t size = values.size();
  std::size_t read = 0;
  for (std::size_t i = 0; i < size; ++i) {
    for (; read < std::min(size, i + ahead + 1); ++read) {
      while (!wedge.empty() && wedge.back().second >= values[read]) wedge.pop_back();
      wedge.emplace_back(read, values[read]);
    }
    while (wedge.front().first + 1 < i) wedge.pop_front();
    values[i] = wedge.front().second;
  }
}

/// Falls at once, comes back towards 1 exponentially.
void release(std::vector<float>& gains, double frames) {
  const double step = 1 - exact_exp(-1 / frames);
  double gain = 1;
  for (float& value : gains) {
    gain = std::min<double>(value, gain + (1 - gain) * step);
    value = static_cast<float>(gain);
  }
}

/// The mean over a frame and the `length - 1` frames before it; before the first all were as it.
void average(std::vector<float>& values, std::size_t length) {
  if (values.empty()) return;
  std::vector<float> ring(length, values.front());
  double sum = static_cast<double>(length) * static_cast<double>(values.front());
  std::size_t at = 0;
  for (float& value : values) {
    sum += static_cast<double>(value) - static_cast<double>(ring[at]);
    ring[at] = value;
    at = at + 1 == length ? 0 : at + 1;
    value = static_cast<float>(sum / static_cast<double>(length));
  }
}

/// Turns peaks into gains.
void find_gains(std::vector<float>& peaks, float allowed, std::size_t half_look_ahead,
                double release_frames) {
  for (float& value : peaks) value = value <= allowed ? 1.0F : allowed / value;
  hold_minimum(peaks, 2 * half_look_ahead);
  release(peaks, release_frames);
  // Two averages of half the look-ahead each make a smooth fall that is complete at the peak.
  average(peaks, half_look_ahead);
  average(peaks, half_look_ahead);
}

}  // namespace

std::vector<float> limiter_gains(std::span<const float> peaks, double gain, SampleRate rate,
                                 const LimiterSettings& settings, int threads) {
  const auto allowed = static_cast<float>(settings.ceiling / gain);
  const std::size_t half = std::max<std::size_t>(1, rate.frames(settings.look_ahead_ms / 2000));
  const double release_frames = settings.release_ms / 1000 * rate.hertz();
  // A stretch starts so long before it is heard that of the gain then nothing is left: e^-20.
  const std::size_t before = static_cast<std::size_t>(20 * release_frames) + 2 * half + 1;
  const std::size_t stretch = 4 * before;
  std::vector<float> gains(peaks.size());
  for_each_index((peaks.size() + stretch - 1) / stretch, threads, [&](std::size_t index) {
    const std::size_t first = index * stretch, end = std::min(first + stretch, peaks.size());
    const auto heard = peaks.subspan(index == 0 ? 0 : first - before);
    const std::size_t skipped = index == 0 ? 0 : before;
    const std::size_t known = std::min(skipped + end - first + 2 * half, heard.size());
    std::vector<float> values(heard.begin(), heard.begin() + static_cast<std::ptrdiff_t>(known));
    find_gains(values, allowed, half, release_frames);
    std::copy_n(values.begin() + static_cast<std::ptrdiff_t>(skipped), end - first,
                gains.begin() + static_cast<std::ptrdiff_t>(first));
  });
  return gains;
}

double hold_ceiling(StereoSpan signal, double ceiling, int threads) {
  double peak = true_peak(signal, threads);
  while (peak > ceiling) {
    const auto factor = static_cast<float>(ceiling / peak * 0.9999);
    for (float& sample : signal.left) sample *= factor;
    for (float& sample : signal.right) sample *= factor;
    peak = true_peak(signal, threads);
  }
  return peak;
}

void limit(StereoSpan signal, SampleRate rate, const LimiterSettings& settings) {
  const auto peaks = peak_curve(signal, static_cast<float>(settings.ceiling));
  const auto gains = limiter_gains(peaks, 1, rate, settings);
  for (std::size_t i = 0; i < gains.size(); ++i) {
    signal.left[i] *= gains[i];
    signal.right[i] *= gains[i];
  }
  hold_ceiling(signal, settings.ceiling);
}

}  // namespace toccata::audio
