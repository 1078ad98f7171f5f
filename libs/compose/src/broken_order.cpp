// SPDX-License-Identifier: MIT
#include "broken_order.hpp"

#include <algorithm>
#include <array>

namespace toccata {

std::vector<std::size_t> draw_broken_order(int groups, int steps, Rng& rng) {
  constexpr std::size_t kTones = 4;
  constexpr double kComesBack = 0.6;  // to the lowest within a group
  constexpr double kBeginsLow = 0.7;  // a group after the first
  std::vector<std::size_t> order;
  for (int i = 0; i < groups * steps; ++i) {
    if (i == 0 || (i % steps == 0 && rng.chance(kBeginsLow))) {
      order.push_back(0);
      continue;
    }
    std::array<double, kTones> weights{(i + 1) % steps == 0 ? 0 : kComesBack, 1, 1, 1};
    weights[order.back()] = 0;
    if (order.back() % 2 == 1) weights[kTones - order.back()] = 0;  // a triad has but one of both
    order.push_back(rng.weighted(weights));
  }
  return order;
}

std::size_t broken_tone(std::size_t step, std::size_t tones) {
  if (tones < 2) return 0;
  const std::size_t turn = 2 * (tones - 1), place = step % turn;
  return std::min(place, turn - place);
}

}  // namespace toccata
