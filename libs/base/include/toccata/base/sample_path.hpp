// SPDX-License-Identifier: MIT
// Draws a whole sequence of states at once, so that its end is known at its beginning.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

#include <toccata/base/rng.hpp>

namespace toccata {

/// Sequences of `length` states, drawn in proportion to the product of their weights:
/// weight(step, state) of each state and move(step, from, to) of each step to the next.
///
/// Exact sampling, unlike going forward and hoping: a constraint on the last state (weight 0 for
/// all but one) shapes the way there. Where no sequence has a positive product, moves are ignored
/// at the step that has no way on. Range: length and states at least 1; weights finite and not
/// negative. Cost: O(length * states^2) once, O(length * states) a sequence. Source: forward
/// filtering, backward sampling (Scott 2002), time reversed.
template <class Move>
class PathSampler {
 public:
  template <class Weight>
  PathSampler(std::size_t length, std::size_t states, Weight weight, Move move)
      : length_(length), states_(states), move_(std::move(move)), ahead_(length * states) {
    std::vector<double> onward(states);
    for (std::size_t t = length; t-- > 0;) {
      double* const here = &ahead_[t * states];
      const double* const after = t + 1 < length ? &ahead_[(t + 1) * states] : nullptr;
      std::fill(onward.begin(), onward.end(), after == nullptr ? 1.0 : 0.0);
      // State by state inside, so that sums of several states can be made at once, each in its
      // order.
      for (std::size_t n = 0; after != nullptr && n < states; ++n)
        if (after[n] > 0)
          for (std::size_t s = 0; s < states; ++s) onward[s] += move_(t, s, n) * after[n];
      double total = 0;
      for (std::size_t s = 0; s < states; ++s) total += here[s] = weight(t, s) * onward[s];
      if (!(total > 0)) {
        for (std::size_t s = 0; s < states; ++s) total += here[s] = weight(t, s);
        if (!(total > 0))
          for (std::size_t s = 0; s < states; ++s) total += here[s] = 1;
      }
      for (std::size_t s = 0; s < states; ++s) here[s] /= total;
    }
  }

  /// `revise(path, odds)` may change the odds of the next state in the light of the whole path so
  /// far, which no product of neighbours can; what lies ahead does not foresee it.
  template <class Revise>
  std::vector<std::size_t> draw(Rng& rng, Revise revise) const {
    std::vector<std::size_t> path;
    path.reserve(length_);
    std::vector<double> odds(states_);
    for (std::size_t t = 0; t < length_; ++t) {
      bool reachable = false;
      for (std::size_t s = 0; s < states_; ++s) {
        odds[s] = ahead_[t * states_ + s] * (t > 0 ? move_(t - 1, path[t - 1], s) : 1.0);
        reachable = reachable || odds[s] > 0;
      }
      if (!reachable)
        for (std::size_t s = 0; s < states_; ++s) odds[s] = ahead_[t * states_ + s];
      revise(std::as_const(path), odds);
      path.push_back(rng.weighted(odds));
    }
    return path;
  }

 private:
  std::size_t length_, states_;
  Move move_;
  /// [t * states + s]: the summed weight of all ways on from s at step t, scaled to a sum of 1.
  std::vector<double> ahead_;
};

/// One sequence.
template <class Weight, class Move>
std::vector<std::size_t> sample_path(std::size_t length, std::size_t states, Weight weight,
                                     Move move, Rng& rng) {
  return PathSampler<Move>(length, states, std::move(weight), std::move(move))
      .draw(rng, [](const std::vector<std::size_t>&, std::vector<double>&) {});
}

}  // namespace toccata
