// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <limits>

#include <toccata/audio/signal.hpp>
#include <toccata/base/elementary.hpp>

namespace toccata::audio {
namespace {

void inspect_channel(std::span<const float> samples, Inspection& into) {
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const float size = std::abs(samples[i]);
    if (!(size <= std::numeric_limits<float>::max())) {
      into.not_finite = std::min(into.not_finite.value_or(i), i);
      continue;
    }
    into.peak = std::max(into.peak, static_cast<double>(size));
    if (size < std::numeric_limits<float>::min() && size != 0) ++into.denormals;
  }
}

}  // namespace

Result<SampleRate, RangeError> SampleRate::from_hertz(int hertz) {
  if (!is_known(hertz)) return Unexpected{RangeError{hertz, 44100, 96000}};
  return SampleRate(hertz);
}

double factor_of_db(double db) { return exact_exp(db * exact_log(10.0) / 20.0); }
double db_of_factor(double factor) { return 20.0 * exact_log(factor) / exact_log(10.0); }

Inspection inspect(StereoView signal) {
  Inspection found;
  inspect_channel(signal.left, found);
  inspect_channel(signal.right, found);
  return found;
}

void fade_out(StereoSpan signal, std::size_t frames) {
  frames = std::min(frames, signal.frames());
  const std::size_t first = signal.frames() - frames;
  for (std::size_t i = 0; i < frames; ++i) {
    const double along = static_cast<double>(i + 1) / static_cast<double>(frames);
    const auto gain = static_cast<float>(0.5 + 0.5 * exact_cos(kPi * along));
    signal.left[first + i] *= gain;
    signal.right[first + i] *= gain;
  }
}

}  // namespace toccata::audio
