// SPDX-License-Identifier: MIT
// A room: what is sent to it in mono comes back from both sides and dies away.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include <toccata/audio/signal.hpp>

namespace toccata::audio {

struct RoomSettings {
  double decay_s = 1.6;      ///< to -60 dB at 1 kHz. Range: 0.1 to 20
  double damping_hz = 5000;  ///< above it the sound dies faster. Range: 500 to 20000
  double low_cut_hz = 150;   ///< below it nothing is sent in. Range: 10 to 1000
  double pre_delay_ms = 12;  ///< until the first echo. Range: 0 to 200
};

/// Eight delay lines that feed each other through an energy-keeping matrix.
///
/// Realtime: process() allocates nothing. The same input gives the same output.
/// Source: Jot and Chaigne 1991, feedback delay networks; Schroeder 1962, all-pass diffusers.
class Reverb {
 public:
  Reverb(SampleRate rate, const RoomSettings& settings);

  /// Another decay and damping for the sound to come; the rest of the settings stay.
  /// Realtime: allocates nothing.
  void adjust(double decay_s, double damping_hz);

  /// Adds the room's answer to `send` to `out`. Range: as many frames in both.
  void process(std::span<const float> send, StereoSpan out);

 private:
  static constexpr std::size_t kLines = 8, kDiffusers = 4;

  /// Samples that come out after as many frames as there are.
  struct Delay {
    explicit Delay(std::size_t frames) : samples(frames) {}
    float front() const { return samples[at]; }
    void push(float sample) {
      samples[at] = sample;
      at = at + 1 == samples.size() ? 0 : at + 1;
    }
    std::vector<float> samples;
    std::size_t at = 0;
  };
  /// One line with the losses of one way through it.
  struct Line {
    Delay delay;
    float gain;     ///< at low frequencies
    float low = 0;  ///< state of the damping filter
  };

  float sent_in(float sample);
  static float diffused(Delay& delay, float sample);

  SampleRate rate_;
  Delay pre_delay_;
  std::vector<Delay> diffusers_;
  std::vector<Line> lines_;
  float damping_ = 0;  ///< coefficient of the lines' low-pass
  float low_cut_;      ///< coefficient of the input's high-pass
  float low_state_ = 0;
};

}  // namespace toccata::audio
