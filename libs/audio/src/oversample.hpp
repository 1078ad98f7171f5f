// SPDX-License-Identifier: MIT
// The signal between its samples: eight points a sample, from a windowed sinc.
#pragma once

#include <array>
#include <cstddef>
#include <span>

namespace toccata::audio {

inline constexpr std::size_t kPhases = 8;  ///< ITU-R BS.1770 asks for 4 at 48 kHz
inline constexpr std::size_t kTaps = 32;   ///< samples that one point between is made of
inline constexpr std::size_t kBlock = 64;  ///< samples whose peaks are found at once

/// The filters for the points 1/8 ... 7/8 between two samples; tap kTaps/2 - 1 lies on the earlier.
struct Interpolator {
  std::array<std::array<float, kTaps>, kPhases - 1> taps;
  float largest_sum;  ///< no point between lies higher than this times the largest sample used
};
const Interpolator& interpolator();

/// For each of up to kBlock samples from `first` on, the largest size of the signal from that
/// sample up to the next. The signal is silent before its first and after its last sample.
void find_peaks(std::span<const float> signal, std::size_t first, std::span<float> peaks);

/// The largest sample that find_peaks of this block would look at.
float largest_near(std::span<const float> signal, std::size_t first, std::size_t count);

}  // namespace toccata::audio
