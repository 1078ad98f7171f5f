// SPDX-License-Identifier: MIT
// A vector for each token.
#pragma once

#include <span>
#include <string>

#include <toccata/ml/matrix.hpp>

namespace toccata::ml {

/// A table of vectors, as torch.nn.Embedding.
struct Embedding {
  Matrix table;  ///< may be multiplied with as well, where a model's output shares it

  /// Tensor PREFIX.weight [count, width], see Matrix::load. Errors: see TensorError.
  static Result<Embedding, TensorError> load(const Weights& weights, const std::string& prefix,
                                             std::size_t count, std::size_t width);

  std::size_t count() const { return table.rows(); }
  std::size_t width() const { return table.cols(); }

  /// The vectors of n ids, one after the other. Range: each id < count(), ys.size() = n * width().
  /// Realtime: safe.
  void forward(std::span<const std::size_t> ids, std::span<float> ys) const;
};

}  // namespace toccata::ml
