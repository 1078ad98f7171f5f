// SPDX-License-Identifier: MIT
// Numbers of any size and unit brought to about the same, and those that are missing told apart.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <toccata/ml/trees.hpp>
#include <toccata/ml/weights.hpp>

namespace toccata::ml {

/// Of each feature z = (x - mean) * scale, held within kFarthest, and whether it is missing: first
/// all z, then for each a 1 where x is NaN (its z is 0) and else a 0.
struct Standardise {
  std::vector<float> mean, scale;
  static constexpr float kFarthest = 6;

  /// Tensors NAMEmean and NAMEscale, both F32 [features]. Errors: see TensorError.
  static Result<Standardise, TensorError> load(const Weights& weights, const std::string& name);

  std::size_t features() const { return mean.size(); }
  std::size_t outputs() const { return 2 * features(); }

  /// Rows [first, first + n), one after the other. Range: ys.size() = n * outputs().
  /// Realtime: safe.
  void forward(const FeatureView& xs, std::size_t first, std::span<float> ys) const;
};

}  // namespace toccata::ml
