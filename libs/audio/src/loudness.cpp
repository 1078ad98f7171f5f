// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <new>
#include <vector>

#include <ebur128.h>
#include <toccata/audio/loudness.hpp>
#include <toccata/audio/parallel.hpp>

namespace toccata::audio {
namespace {

/// What one meter hears. Whole tenths of a second, so that its blocks are those of one meter for
/// all.
constexpr double kStretchSeconds = 10;

struct Destroy {
  void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
};
using Meter = std::unique_ptr<ebur128_state, Destroy>;

Meter make_meter(SampleRate rate, int mode) {
  Meter meter(ebur128_init(2, static_cast<unsigned long>(rate.hertz()), mode));
  if (!meter) throw std::bad_alloc();
  return meter;
}

/// Feeds the signal, times its factors if there are any.
void feed(ebur128_state& meter, StereoView signal, std::span<const float> factors) {
  constexpr std::size_t kFrames = 4096;
  std::array<float, 2 * kFrames> both;
  for (std::size_t first = 0; first < signal.frames(); first += kFrames) {
    const std::size_t count = std::min(kFrames, signal.frames() - first);
    for (std::size_t i = 0; i < count; ++i) {
      const float factor = factors.empty() ? 1.0F : factors[first + i];
      both[2 * i] = signal.left[first + i] * factor;
      both[2 * i + 1] = signal.right[first + i] * factor;
    }
    ebur128_add_frames_float(&meter, both.data(), count);
  }
}

/// Of all meters, gated as one.
std::optional<double> integrated(std::span<const Meter> meters) {
  std::vector<ebur128_state*> states;
  for (const Meter& meter : meters) states.push_back(meter.get());
  double lufs = 0;
  const int done = ebur128_loudness_global_multiple(states.data(), states.size(), &lufs);
  if (done != EBUR128_SUCCESS || !std::isfinite(lufs)) return std::nullopt;
  return lufs;
}

}  // namespace

std::optional<Loudness> measure_loudness(StereoView signal, SampleRate rate) {
  const Meter meter = make_meter(rate, EBUR128_MODE_I | EBUR128_MODE_LRA);
  feed(*meter, signal, {});
  const auto lufs = integrated(std::span(&meter, 1));
  if (!lufs) return std::nullopt;
  double range = 0;
  if (ebur128_loudness_range(meter.get(), &range) != EBUR128_SUCCESS) range = 0;
  return Loudness{*lufs, range};
}

std::optional<double> integrated_loudness(StereoView signal, std::span<const float> factors,
                                          SampleRate rate, int threads) {
  // The measure takes blocks of 0.4 s, each 0.1 s after the one before. A meter that starts 0.3 s
  // before its stretch therefore takes those that end in it, and no other.
  const std::size_t stretch = rate.frames(kStretchSeconds), before = rate.frames(0.3);
  std::vector<Meter> meters;
  for (std::size_t first = 0; first == 0 || first < signal.frames(); first += stretch)
    meters.push_back(make_meter(rate, EBUR128_MODE_I));
  for_each_index(meters.size(), threads, [&](std::size_t index) {
    const std::size_t end = std::min((index + 1) * stretch, signal.frames());
    const std::size_t first = index == 0 ? 0 : index * stretch - before;
    feed(*meters[index], signal.part(first, end - first),
         factors.empty() ? factors : factors.subspan(first, end - first));
  });
  return integrated(meters);
}

}  // namespace toccata::audio
