// SPDX-License-Identifier: MIT
#include <toccata/ml/layers/embedding.hpp>

namespace toccata::ml {

Result<Embedding, TensorError> Embedding::load(const Weights& weights, const std::string& prefix,
                                               std::size_t count, std::size_t width) {
  TOCCATA_TRY(Matrix table, Matrix::load(weights, prefix + ".weight", count, width));
  return Embedding{std::move(table)};
}

void Embedding::forward(std::span<const std::size_t> ids, std::span<float> ys) const {
  for (std::size_t i = 0; i < ids.size(); ++i) table.row(ids[i], ys.subspan(i * width(), width()));
}

}  // namespace toccata::ml
