// SPDX-License-Identifier: MIT
#include "chorus.hpp"

#include <cmath>

#include <toccata/base/elementary.hpp>

namespace toccata::instrument {
namespace {

constexpr double kMiddleSeconds = 0.018, kDepthSeconds = 0.0025, kTurnsPerSecond = 0.55;
/// As loud as what is sent in.
constexpr float kLevel = 1;

}  // namespace

Chorus::Chorus(audio::SampleRate rate)
    : line_(rate.frames(kMiddleSeconds + kDepthSeconds) + 4),
      step_(kTurnsPerSecond / rate.hertz()),
      middle_(kMiddleSeconds * rate.hertz()),
      depth_(kDepthSeconds * rate.hertz()) {}

double Chorus::delay_at(double phase) const {
  return middle_ + depth_ * exact_sin(2 * kPi * phase);
}

/// Between the two frames next to it.
float Chorus::tap(double delay) const {
  const auto whole = static_cast<std::size_t>(delay);
  const auto part = static_cast<float>(delay - static_cast<double>(whole));
  const std::size_t newer = (at_ + 2 * line_.size() - 1 - whole) % line_.size();
  const std::size_t older = (newer + line_.size() - 1) % line_.size();
  return line_[newer] + part * (line_[older] - line_[newer]);
}

void Chorus::process(std::span<const float> send, audio::StereoSpan out) {
  // The delay moves in straight lines from block to block: a sine for each frame would cost more
  // than the notes.
  const auto frames = static_cast<double>(send.size());
  std::array<double, 2> delay = {delay_at(phase_), delay_at(phase_ + 0.25)};
  phase_ += step_ * frames;
  phase_ -= std::floor(phase_);
  const std::array<double, 2> step = {(delay_at(phase_) - delay[0]) / frames,
                                      (delay_at(phase_ + 0.25) - delay[1]) / frames};
  for (std::size_t i = 0; i < send.size(); ++i) {
    line_[at_] = send[i];
    at_ = at_ + 1 == line_.size() ? 0 : at_ + 1;
    out.left[i] += kLevel * tap(delay[0]);
    out.right[i] += kLevel * tap(delay[1]);
    delay[0] += step[0];
    delay[1] += step[1];
  }
}

}  // namespace toccata::instrument
