// SPDX-License-Identifier: MIT
// Vectors brought to a root mean square of 1, then scaled.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <toccata/ml/weights.hpp>

namespace toccata::ml {

/// y = x / sqrt(mean of x^2 + epsilon) * weight, as torch.nn.RMSNorm.
/// Source: Zhang and Sennrich 2019, Root mean square layer normalization.
struct RmsNorm {
  std::vector<float> weight;
  float epsilon = 1e-5F;

  /// Tensor PREFIX.weight, F32 [width]. Errors: see TensorError.
  static Result<RmsNorm, TensorError> load(const Weights& weights, const std::string& prefix,
                                           std::size_t width);

  std::size_t width() const { return weight.size(); }

  /// For each of n vectors. Range: xs.size() = ys.size() = n * width(); may be the same span.
  /// Realtime: safe.
  void forward(std::span<const float> xs, std::span<float> ys) const;
};

}  // namespace toccata::ml
