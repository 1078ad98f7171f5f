// SPDX-License-Identifier: MIT
// Self-attention with several heads: each position gathers from the others what its query asks for.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <toccata/ml/layers/key_value_cache.hpp>
#include <toccata/ml/layers/linear.hpp>
#include <toccata/ml/layers/rotary.hpp>

namespace toccata::ml {

/// What a position sees: itself and those before, or all.
enum class Sight { Causal, Whole };

/// Room for what an Attention computes; one for all layers of the same sizes.
struct AttentionRoom {
  static constexpr std::size_t kQueries = 16;  ///< that are answered together, at most

  std::vector<float> projected, mixed, scores;

  /// For `most_at_once` vectors of `width` at a time and caches of `capacity`.
  AttentionRoom(std::size_t width, std::size_t most_at_once, std::size_t capacity)
      : projected(most_at_once * 3 * width),
        mixed(most_at_once * width),
        scores(kQueries * capacity) {}
};

/// As torch.nn.MultiheadAttention with batch_first, without dropout.
/// Source: Vaswani et al. 2017, Attention is all you need.
struct Attention {
  Linear project;  ///< [3 width, width]: queries, keys and values, head after head
  Linear out;      ///< [width, width]
  std::size_t heads = 1;

  /// Tensors PREFIX.in_proj.weight, PREFIX.out_proj.weight and, where they are there, their
  /// .bias. (MultiheadAttention itself says in_proj_weight; a trainer renames that.)
  /// Range: heads at least 1. Errors: see TensorError, also where `heads` doesn't divide the width.
  static Result<Attention, TensorError> load(const Weights& weights, const std::string& prefix,
                                             std::size_t heads, std::size_t width);

  std::size_t width() const { return out.outputs(); }
  KeyValueCache begin(std::size_t capacity) const {
    return KeyValueCache(heads, width() / heads, capacity);
  }

  /// The next n positions, which are added to the cache; ys is what each of them gathered. Causal
  /// positions give the same bits one at a time as all at once. `rotary` may be null.
  /// Range: xs.size() = ys.size() = n * width(), n within the room's and the cache's.
  /// Cost: O(n * (width^2 + width * positions)). Realtime: safe.
  void forward(std::span<const float> xs, Sight sight, const Rotary* rotary, KeyValueCache& cache,
               AttentionRoom& room, std::span<float> ys) const;
};

}  // namespace toccata::ml
