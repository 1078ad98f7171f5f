// SPDX-License-Identifier: MIT
// How sure a figure is: what is independent drawn anew, again and again.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include <toccata/base/rng.hpp>

namespace toccata::learn {

/// The middle 95 % of a figure when `count` pieces are drawn anew a thousand times. `add` adds one
/// of them to a draw, `figure` gives its figure. Range: count at least 1.
/// Source: Efron and Tibshirani 1993 (percentile bootstrap).
template <class Draw, class Add, class Figure>
std::array<double, 2> bootstrap(std::size_t count, Rng rng, const Add& add, const Figure& figure) {
  constexpr std::size_t kDraws = 1000;
  std::vector<double> draws;
  draws.reserve(kDraws);
  for (std::size_t draw = 0; draw < kDraws; ++draw) {
    Draw sums{};
    for (std::size_t i = 0; i < count; ++i) add(sums, rng.below(count));
    draws.push_back(figure(sums));
  }
  std::ranges::sort(draws);
  return {draws[kDraws / 40], draws[kDraws - 1 - kDraws / 40]};
}

}  // namespace toccata::learn
