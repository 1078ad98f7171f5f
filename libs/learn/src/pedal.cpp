// SPDX-License-Identifier: MIT
#include "pedal.hpp"

#include <algorithm>
#include <cmath>

namespace toccata::learn {

double share_down(const std::vector<PedalChange>& pedal, double from, double to) {
  auto next = std::ranges::upper_bound(pedal, from, {}, &PedalChange::at);
  bool down = next != pedal.begin() && (next - 1)->value >= kPedalDown;
  double at = from, sum = 0;
  for (; at < to; ++next) {
    const double until = next == pedal.end() ? to : std::min(next->at, to);
    if (down) sum += until - at;
    at = until;
    if (next == pedal.end()) break;
    down = next->value >= kPedalDown;
  }
  return to > from ? sum / (to - from) : std::nan("");
}

}  // namespace toccata::learn
