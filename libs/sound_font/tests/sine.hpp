// SPDX-License-Identifier: MIT
// The pitch of a plain sine, from where it crosses zero.
#pragma once

#include <cmath>
#include <cstddef>
#include <span>

namespace toccata::sound_font::test {

/// Hertz of a sine, to a thousandth of a cent over half a second. 0 where there is none.
inline double hertz_of_sine(std::span<const float> samples, double rate_hz) {
  double first = 0, last = 0;
  int crossings = 0;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    if (!(samples[i - 1] < 0 && samples[i] >= 0)) continue;
    const double below = static_cast<double>(samples[i - 1]),
                 above = static_cast<double>(samples[i]);
    const double at = static_cast<double>(i) - above / (above - below);
    if (crossings++ == 0) first = at;
    last = at;
  }
  return crossings < 2 ? 0 : (crossings - 1) * rate_hz / (last - first);
}
/// Cents of that above the key's pitch in equal temperament, A4 at 440 Hz.
inline double cents_above(double hertz, int key) {
  return 1200 * std::log2(hertz / 440) - 100 * (key - 69);
}

}  // namespace toccata::sound_font::test
