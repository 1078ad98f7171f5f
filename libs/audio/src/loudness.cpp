// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <new>

#include <ebur128.h>
#include <toccata/audio/loudness.hpp>

namespace toccata::audio {
namespace {

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

std::optional<double> integrated(ebur128_state& meter) {
  double lufs = 0;
  if (ebur128_loudness_global(&meter, &lufs) != EBUR128_SUCCESS || !std::isfinite(lufs))
    return std::nullopt;
  return lufs;
}

}  // namespace

std::optional<Loudness> measure_loudness(StereoView signal, SampleRate rate) {
  const Meter meter = make_meter(rate, EBUR128_MODE_I | EBUR128_MODE_LRA);
  feed(*meter, signal, {});
  const auto lufs = integrated(*meter);
  if (!lufs) return std::nullopt;
  double range = 0;
  if (ebur128_loudness_range(meter.get(), &range) != EBUR128_SUCCESS) range = 0;
  return Loudness{*lufs, range};
}

std::optional<double> integrated_loudness(StereoView signal, std::span<const float> factors,
                                          SampleRate rate) {
  const Meter meter = make_meter(rate, EBUR128_MODE_I);
  feed(*meter, signal, factors);
  return integrated(*meter);
}

}  // namespace toccata::audio
