// SPDX-License-Identifier: MIT
// A chorus: the same sound a little later and out of tune, differently on both sides.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include <toccata/audio/signal.hpp>

namespace toccata::instrument {

/// Two taps of one delay line, moved slowly back and forth, a quarter of a turn apart.
///
/// Realtime: process() allocates nothing. The same input gives the same output.
class Chorus {
 public:
  explicit Chorus(audio::SampleRate rate);
  /// Adds the chorus of `send` to `out`. Range: as many frames in both.
  void process(std::span<const float> send, audio::StereoSpan out);

 private:
  double delay_at(double phase) const;
  float tap(double delay) const;

  std::vector<float> line_;
  std::size_t at_ = 0;     ///< where the next frame goes
  double phase_ = 0;       ///< turns
  double step_;            ///< turns a frame
  double middle_, depth_;  ///< of the delay, in frames
};

}  // namespace toccata::instrument
