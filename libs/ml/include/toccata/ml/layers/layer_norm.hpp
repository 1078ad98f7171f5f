// SPDX-License-Identifier: MIT
// Vectors brought to mean 0 and deviation 1, then scaled and moved.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <toccata/ml/weights.hpp>

namespace toccata::ml {

/// y = (x - mean) / sqrt(variance + epsilon) * weight + bias, as torch.nn.LayerNorm.
struct LayerNorm {
  std::vector<float> weight, bias;
  float epsilon = 1e-5F;

  /// Tensors PREFIX.weight and PREFIX.bias, both F32 [width]. Errors: see TensorError.
  static Result<LayerNorm, TensorError> load(const Weights& weights, const std::string& prefix,
                                             std::size_t width);

  std::size_t width() const { return weight.size(); }

  /// For each of n vectors. Range: xs.size() = ys.size() = n * width(); may be the same span.
  /// Realtime: safe.
  void forward(std::span<const float> xs, std::span<float> ys) const;
};

}  // namespace toccata::ml
