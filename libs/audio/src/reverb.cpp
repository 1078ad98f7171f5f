// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>

#include <toccata/audio/reverb.hpp>
#include <toccata/base/elementary.hpp>

namespace toccata::audio {
namespace {

/// Lengths without a common measure, so that no pitch stands out. Units: ms.
constexpr std::array kLineMs = {29.7, 33.1, 37.9, 41.3, 47.1, 53.3, 59.9, 67.7};
constexpr std::array kDiffuserMs = {4.77, 3.59, 12.73, 9.31};
constexpr float kDiffusion = 0.6F;
/// Too small to hear; added so that a dying tail never becomes denormal, which is slow.
constexpr float kFloor = 1e-18F;
/// The level of what comes back: a send at 1 sounds about as loud as what was sent.
constexpr float kReturn = 0.5F;

float one_pole(double hertz, SampleRate rate) {
  return static_cast<float>(1 - exact_exp(-2 * kPi * hertz / rate.hertz()));
}

std::size_t frames_of(double ms, SampleRate rate) {
  return std::max<std::size_t>(1, rate.frames(ms / 1000));
}

}  // namespace

Reverb::Reverb(SampleRate rate, const RoomSettings& settings)
    : rate_(rate),
      pre_delay_(frames_of(settings.pre_delay_ms, rate)),
      low_cut_(one_pole(settings.low_cut_hz, rate)) {
  for (const double ms : kDiffuserMs) diffusers_.emplace_back(frames_of(ms, rate));
  for (const double ms : kLineMs) lines_.push_back({Delay(frames_of(ms, rate)), 0});
  adjust(settings.decay_s, settings.damping_hz);
}

void Reverb::adjust(double decay_s, double damping_hz) {
  damping_ = one_pole(damping_hz, rate_);
  for (std::size_t k = 0; k < kLines; ++k) {
    // -60 dB after decay_s: each way through a line takes its share.
    const double gain = exact_exp(-exact_log(1000.0) * kLineMs[k] / 1000 / decay_s);
    lines_[k].gain = static_cast<float>(gain);
  }
}

float Reverb::diffused(Delay& delay, float sample) {
  const float old = delay.front();
  const float in = sample - kDiffusion * old;
  delay.push(in);
  return old + kDiffusion * in;
}

float Reverb::sent_in(float sample) {
  low_state_ += low_cut_ * (sample - low_state_) + kFloor;
  sample -= low_state_;
  const float delayed = pre_delay_.front();
  pre_delay_.push(sample);
  float in = delayed;
  for (Delay& diffuser : diffusers_) in = diffused(diffuser, in);
  return in;
}

void Reverb::process(std::span<const float> send, StereoSpan out) {
  for (std::size_t i = 0; i < send.size(); ++i) {
    const float in = sent_in(send[i]);
    std::array<float, kLines> came;
    float sum = 0;
    for (std::size_t k = 0; k < kLines; ++k) {
      Line& line = lines_[k];
      line.low += damping_ * (line.delay.front() - line.low) + kFloor;
      came[k] = line.gain * line.low;
      sum += came[k];
    }
    float left = 0, right = 0;
    for (std::size_t k = 0; k < kLines; ++k) {
      // Householder's matrix: each line gets what came out of it less a quarter of all.
      const float sign = k % 4 < 2 ? 1.0F : -1.0F;
      lines_[k].delay.push(came[k] - 0.25F * sum + in * sign);
      (k % 2 == 0 ? left : right) += came[k] * (k < kLines / 2 ? 1.0F : -1.0F);
    }
    out.left[i] += kReturn * left;
    out.right[i] += kReturn * right;
  }
}

}  // namespace toccata::audio
