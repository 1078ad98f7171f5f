// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cmath>

#include <toccata/audio/compressor.hpp>
#include <toccata/base/elementary.hpp>

namespace toccata::audio {
namespace {

constexpr double kWindowSeconds = 0.01;  ///< a whole wave of 100 Hz: low notes keep their shape
constexpr double kSilentPower = 1e-12;   ///< its level is the lowest there is, -117 dB

double share_of_step(double ms, SampleRate rate) {
  return 1 - exact_exp(-static_cast<double>(Compressor::kStep) / (ms / 1000 * rate.hertz()));
}

double power(std::span<const float> samples) {
  double sum = 0;
  for (const float sample : samples)
    sum += static_cast<double>(sample) * static_cast<double>(sample);
  return sum / static_cast<double>(samples.size());
}

}  // namespace

double compressor_curve_db(double level_db, const CompressorSettings& settings) {
  const double over = level_db - settings.threshold_db;
  const double slope = 1 / settings.ratio - 1;
  if (2 * over <= -settings.knee_db) return 0;
  if (2 * over >= settings.knee_db) return slope * over;
  const double into_knee = over + settings.knee_db / 2;
  return slope * into_knee * into_knee / (2 * settings.knee_db);
}

Compressor::Compressor(SampleRate rate, const CompressorSettings& settings)
    : settings_(settings),
      attack_(share_of_step(settings.attack_ms, rate)),
      release_(share_of_step(settings.release_ms, rate)),
      window_(std::max<std::size_t>(1, rate.frames(kWindowSeconds) / kStep)),
      factor_(static_cast<float>(factor_of_db(settings.makeup_db))) {}

double Compressor::level_db(StereoView step) {
  window_[at_] = std::max(power(step.left), power(step.right));
  at_ = at_ + 1 == window_.size() ? 0 : at_ + 1;
  double sum = 0;
  for (const double mean : window_) sum += mean;
  // A sine's power is half its peak's square: this scale reads it by its peak.
  const double loud = std::max(kSilentPower, 2 * sum / static_cast<double>(window_.size()));
  return 10 * exact_log(loud) / exact_log(10.0);
}

void Compressor::gains(StereoView signal, std::span<float> factors) {
  for (std::size_t first = 0; first < signal.frames(); first += kStep) {
    const std::size_t count = std::min(kStep, signal.frames() - first);
    const double goal = compressor_curve_db(level_db(signal.part(first, count)), settings_);
    reduction_db_ += (goal < reduction_db_ ? attack_ : release_) * (goal - reduction_db_);
    if (reduction_db_ > -1e-9) reduction_db_ = 0;
    most_reduction_db_ = std::max(most_reduction_db_, -reduction_db_);
    const auto next = static_cast<float>(factor_of_db(reduction_db_ + settings_.makeup_db));
    const float slope = (next - factor_) / static_cast<float>(count);
    for (std::size_t i = 0; i < count; ++i)
      factors[first + i] = factor_ + slope * static_cast<float>(i + 1);
    factor_ = next;
  }
}

void Compressor::process(StereoSpan signal) {
  constexpr std::size_t kChunk = 128 * kStep;
  std::array<float, kChunk> factors;
  for (std::size_t first = 0; first < signal.frames(); first += kChunk) {
    const StereoSpan part = signal.part(first, std::min(kChunk, signal.frames() - first));
    gains(part, std::span(factors).first(part.frames()));
    for (std::size_t i = 0; i < part.frames(); ++i) {
      part.left[i] *= factors[i];
      part.right[i] *= factors[i];
    }
  }
}

}  // namespace toccata::audio
