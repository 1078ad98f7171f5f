// SPDX-License-Identifier: MIT
// What attention remembers of the positions that it has seen.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include <toccata/ml/matrix.hpp>

namespace toccata::ml {

/// For each head a key and a value of each position, laid out as matrices that grow: keys are rows
/// of one, values columns of the other, so that both uses are products.
class KeyValueCache {
 public:
  /// Room for `capacity` positions. Range: each at least 1.
  KeyValueCache(std::size_t heads, std::size_t head_width, std::size_t capacity);

  std::size_t size() const { return size_; }  ///< positions held
  std::size_t capacity() const { return capacity_; }

  /// Adds a position. Range: size() < capacity(); heads * head_width numbers each, head after head.
  /// Realtime: safe.
  void append(std::span<const float> key, std::span<const float> value);
  /// Forgets all positions from `size` on, to go on from there another way. Range: up to size().
  void shorten(std::size_t size);

  /// scores[i] = query . key of position i, for all positions.
  /// Range: query.size() = head_width, scores.size() = size(). Realtime: safe.
  void score(std::size_t head, std::span<const float> query, std::span<float> scores) const;
  /// out = sum over positions of weights[i] * value of position i, from the first to the last.
  /// Range: weights.size() = size(), out.size() = head_width. Realtime: safe.
  void mix(std::size_t head, std::span<const float> weights, std::span<float> out) const;

 private:
  std::size_t heads_, head_width_, capacity_, size_ = 0;
  std::size_t key_blocks_, value_blocks_;  ///< of one head
  std::vector<Block> keys_, values_;
};

}  // namespace toccata::ml
