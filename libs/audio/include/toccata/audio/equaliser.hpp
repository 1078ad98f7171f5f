// SPDX-License-Identifier: MIT
// An equaliser: shelves, bells and cuts, one behind the other.
#pragma once

#include <array>
#include <span>
#include <vector>

#include <toccata/audio/signal.hpp>

namespace toccata::audio {

enum class BandKind : std::uint8_t {
  LowCut,     ///< -12 dB an octave below
  LowShelf,   ///< raises or lowers all that lies below
  Bell,       ///< raises or lowers what lies around
  HighShelf,  ///< raises or lowers all that lies above
  HighCut     ///< -12 dB an octave above
};

/// One band. Both shelves have half their gain at `hertz`, both cuts -3 dB with the usual q.
struct Band {
  BandKind kind = BandKind::Bell;
  double hertz = 1000;  ///< Range: 10 to 20000
  double gain_db = 0;   ///< of shelves and bells. Range: -24 to 24
  double q = 0.7071;    ///< of a bell: hertz / width between half gains. Range: 0.1 to 10
};

/// Factors of a filter of second order, a0 being 1.
struct Biquad {
  double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
};
/// Source: Bristow-Johnson, Cookbook formulae for audio EQ biquad filter coefficients: the analogue
/// filter through the bilinear transform, exact at `hertz`.
Biquad design(const Band& band, SampleRate rate);

/// Filters a stereo signal and what goes with it to the room by the same bands.
///
/// Realtime: process() allocates nothing. The same input gives the same output.
class Equaliser {
 public:
  Equaliser(SampleRate rate, std::span<const Band> bands);

  bool is_flat() const { return stages_.empty(); }
  /// Range: `send` as long as the signal, or empty.
  void process(StereoSpan signal, std::span<float> send = {});

 private:
  static constexpr std::size_t kLanes = 3;
  struct Stage {
    Biquad filter;
    std::array<double, kLanes> first{}, second{};  ///< states
  };
  std::vector<Stage> stages_;
};

}  // namespace toccata::audio
