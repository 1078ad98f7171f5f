// SPDX-License-Identifier: MIT
// Drawing a token from what a model thinks of each.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <toccata/base/rng.hpp>

namespace toccata::ml {

/// How daring a draw is.
struct SamplerOptions {
  float temperature = 1;  ///< from 0 (always the likeliest) on; over 1 is wilder than the model
  std::size_t top_k = 0;  ///< only so many of the likeliest; 0 for all
  float top_p = 1;        ///< only the fewest likeliest that together reach this chance; 0..1
};

/// Draws token ids. Holds its room, so that drawing allocates nothing.
class Sampler {
 public:
  explicit Sampler(std::size_t vocabulary) : chances_(vocabulary), order_(vocabulary) {}

  /// An id with a chance in proportion to e^(logit / temperature), among those that the options
  /// leave. Equally likely ids keep their order, so ties fall the same way everywhere.
  ///
  /// Range: logits.size() the vocabulary's, finite or -infinity (never drawn), at least one finite.
  /// Cost: O(n log n), O(n) at temperature 0. Realtime: safe.
  std::size_t draw(std::span<const float> logits, const SamplerOptions& options, Rng& rng);

 private:
  std::vector<float> chances_;
  std::vector<std::size_t> order_;
};

}  // namespace toccata::ml
