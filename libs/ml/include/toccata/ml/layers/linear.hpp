// SPDX-License-Identifier: MIT
// y = W x + b.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <toccata/ml/matrix.hpp>

namespace toccata::ml {

/// A fully connected layer, as torch.nn.Linear.
struct Linear {
  Matrix weight;
  std::vector<float> bias;  ///< empty for none

  /// Tensors PREFIX.weight [outputs, inputs] (see Matrix::load) and, if it is there, PREFIX.bias
  /// [outputs]. Errors: see TensorError.
  static Result<Linear, TensorError> load(const Weights& weights, const std::string& prefix,
                                          std::size_t outputs, std::size_t inputs);

  std::size_t inputs() const { return weight.cols(); }
  std::size_t outputs() const { return weight.rows(); }

  /// For each of n vectors. Range: xs.size() = n * inputs(), ys.size() = n * outputs().
  /// Realtime: safe.
  void forward(std::span<const float> xs, std::span<float> ys) const;
};

}  // namespace toccata::ml
