// SPDX-License-Identifier: MIT
// Positions told to attention by turning its queries and keys.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace toccata::ml {

/// Turns number i and number i + head_width/2 of each head as a point in the plane, by position *
/// base^(-2i / head_width) radians: of a query and a key only the distance then matters.
/// Source: Su et al. 2021, RoFormer; pairs as in GPT-NeoX ("rotate half").
class Rotary {
 public:
  /// Range: head_width even and at least 2, capacity from 1 to 1,000,000, base over 1.
  Rotary(std::size_t head_width, std::size_t capacity, double base = 10000);

  std::size_t head_width() const { return head_width_; }
  std::size_t capacity() const { return cosines_.size() * 2 / head_width_; }

  /// Turns each head of x. Range: position < capacity(), x.size() a multiple of head_width().
  /// Realtime: safe.
  void turn(std::size_t position, std::span<float> x) const;

 private:
  std::size_t head_width_;
  std::vector<float> cosines_, sines_;  ///< [capacity, head_width / 2]
};

}  // namespace toccata::ml
