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

  /// Vectors of head_width numbers: one begins every `stride` numbers.
  template <class Number>
  struct Rows {
    std::span<Number> numbers;
    std::size_t stride;
  };
  /// scores[q * size() + i] = query q . key of position i, for all positions.
  /// Range: scores.size() = size() for each query. Realtime: safe.
  void score(std::size_t head, Rows<const float> queries, std::span<float> scores) const;
  /// out row q = sum over positions of weights[q * size() + i] * value of position i, from the
  /// first to the last. Range: weights.size() = size() for each row. Realtime: safe.
  void mix(std::size_t head, std::span<const float> weights, Rows<float> out) const;

 private:
  std::size_t heads_, head_width_, capacity_, size_ = 0;
  std::size_t key_blocks_, value_blocks_;  ///< of one head
  std::vector<Block> keys_, values_;
};

}  // namespace toccata::ml
