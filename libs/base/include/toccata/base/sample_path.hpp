// SPDX-License-Identifier: MIT
// Draws a whole sequence of states at once, so that its end is known at its beginning.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <toccata/base/rng.hpp>

namespace toccata {

/// A sequence of `length` states drawn in proportion to the product of its weights:
/// weight(step, state) of each state and move(step, from, to) of each step to the next.
///
/// Exact sampling, unlike going forward and hoping: a constraint on the last state (weight 0 for
/// all but one) shapes the way there. Where no sequence has a positive product, moves are ignored
/// at the step that has no way on. Range: length and states at least 1; weights finite and not
/// negative. Cost: O(length * states^2). Source: forward filtering, backward sampling (Scott 2002),
/// time reversed.
///
/// `revise(path, odds)` may change the odds of the next state in the light of the whole path so
/// far, which no product of neighbours can; what lies ahead does not foresee it.
template <class Weight, class Move, class Revise>
std::vector<std::size_t> sample_path(std::size_t length, std::size_t states, Weight weight,
                                     Move move, Rng& rng, Revise revise) {
  // ahead[t * states + s]: the summed weight of all ways on from s at step t, scaled to a sum of 1.
  std::vector<double> ahead(length * states), onward(states);
  for (std::size_t t = length; t-- > 0;) {
    double* const here = &ahead[t * states];
    const double* const after = t + 1 < length ? &ahead[(t + 1) * states] : nullptr;
    std::fill(onward.begin(), onward.end(), after == nullptr ? 1.0 : 0.0);
    // State by state inside, so that sums of several states can be made at once, each in its order.
    for (std::size_t n = 0; after != nullptr && n < states; ++n)
      if (after[n] > 0)
        for (std::size_t s = 0; s < states; ++s) onward[s] += move(t, s, n) * after[n];
    double total = 0;
    for (std::size_t s = 0; s < states; ++s) total += here[s] = weight(t, s) * onward[s];
    if (!(total > 0)) {
      for (std::size_t s = 0; s < states; ++s) total += here[s] = weight(t, s);
      if (!(total > 0))
        for (std::size_t s = 0; s < states; ++s) total += here[s] = 1;
    }
    for (std::size_t s = 0; s < states; ++s) here[s] /= total;
  }
  std::vector<std::size_t> path;
  path.reserve(length);
  std::vector<double> odds(states);
  for (std::size_t t = 0; t < length; ++t) {
    bool reachable = false;
    for (std::size_t s = 0; s < states; ++s) {
      odds[s] = ahead[t * states + s] * (t > 0 ? move(t - 1, path[t - 1], s) : 1.0);
      reachable = reachable || odds[s] > 0;
    }
    if (!reachable)
      for (std::size_t s = 0; s < states; ++s) odds[s] = ahead[t * states + s];
    revise(std::as_const(path), odds);
    path.push_back(rng.weighted(odds));
  }
  return path;
}

template <class Weight, class Move>
std::vector<std::size_t> sample_path(std::size_t length, std::size_t states, Weight weight,
                                     Move move, Rng& rng) {
  return sample_path(length, states, weight, move, rng,
                     [](const std::vector<std::size_t>&, std::vector<double>&) {});
}

}  // namespace toccata
