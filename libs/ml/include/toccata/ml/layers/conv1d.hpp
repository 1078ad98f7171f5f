// SPDX-License-Identifier: MIT
// The same weights on every window of a sequence.
#pragma once

#include <span>
#include <string>

#include <toccata/ml/layers/linear.hpp>

namespace toccata::ml {

/// As torch.nn.Conv1d with stride 1 and no padding, over steps that lie one after the other.
struct Conv1d {
  Linear window;           ///< [outputs, steps * inputs]: a window is as it lies in memory
  std::size_t inputs = 1;  ///< numbers of a step

  /// Tensors PREFIX.weight [outputs, inputs, steps], F32, BF16 or I8 with PREFIX.weight.scale, and,
  /// if it is there, PREFIX.bias [outputs]. Errors: see TensorError.
  static Result<Conv1d, TensorError> load(const Weights& weights, const std::string& prefix,
                                          std::size_t outputs, std::size_t inputs,
                                          std::size_t steps);

  std::size_t outputs() const { return window.outputs(); }
  std::size_t steps() const { return window.inputs() / inputs; }  ///< of a window

  /// For each whole window of n steps what it gives: n - steps() + 1 times outputs() numbers. To go
  /// on where one call ended, begin the next with its last steps() - 1 steps.
  /// Range: xs.size() = n * inputs, n at least steps(). Realtime: safe.
  void forward(std::span<const float> xs, std::span<float> ys) const;
};

}  // namespace toccata::ml
