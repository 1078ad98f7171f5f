// SPDX-License-Identifier: MIT
// The numeric contract of docs/ml.md in plain loops: what the kernels have to give, bit for bit.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include <toccata/base/rng.hpp>

namespace reference {

/// Uniform in [-size, size).
inline std::vector<float> numbers(std::size_t count, std::uint64_t seed, float size = 1) {
  toccata::Rng rng(seed);
  std::vector<float> out(count);
  for (float& x : out) x = static_cast<float>(rng.uniform() * 2 - 1) * size;
  return out;
}

/// start + M x, M row by row; columns from the first to the last.
inline std::vector<float> product(std::span<const float> matrix, std::span<const float> x,
                                  std::span<const float> start) {
  std::vector<float> y(matrix.size() / x.size());
  for (std::size_t r = 0; r < y.size(); ++r) {
    y[r] = start.empty() ? 0.0F : start[r];
    for (std::size_t c = 0; c < x.size(); ++c) y[r] += matrix[r * x.size() + c] * x[c];
  }
  return y;
}

/// The same with rows of whole numbers and x rounded to 127 steps of its largest magnitude.
inline std::vector<float> int8_product(std::span<const std::int8_t> matrix,
                                       std::span<const float> scales, std::span<const float> x,
                                       std::span<const float> start) {
  float largest = 0;
  for (const float value : x) largest = std::max(largest, std::fabs(value));
  std::vector<float> y(scales.size());
  for (std::size_t r = 0; r < y.size(); ++r) {
    std::int64_t sum = 0;
    for (std::size_t c = 0; c < x.size() && largest > 0; ++c)
      sum += matrix[r * x.size() + c] *
             static_cast<std::int64_t>(std::nearbyint(x[c] * (127.0F / largest)));
    const float scale = largest / 127.0F * scales[r];
    y[r] = (start.empty() ? 0.0F : start[r]) + scale * static_cast<float>(sum);
  }
  return y;
}

/// Number i goes to lane i mod 16; then lane l + 8 to l, l + 4 to l, l + 2, l + 1.
inline float sum(std::span<const float> x) {
  float lanes[16] = {};
  for (std::size_t i = 0; i < x.size(); ++i) lanes[i % 16] += x[i];
  for (std::size_t half = 8; half > 0; half /= 2)
    for (std::size_t lane = 0; lane < half; ++lane) lanes[lane] += lanes[lane + half];
  return lanes[0];
}

}  // namespace reference
