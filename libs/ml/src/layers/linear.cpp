// SPDX-License-Identifier: MIT
#include <toccata/ml/layers/linear.hpp>

namespace toccata::ml {

Result<Linear, TensorError> Linear::load(const Weights& weights, const std::string& prefix,
                                         std::size_t outputs, std::size_t inputs) {
  Linear layer;
  TOCCATA_TRY(layer.weight, Matrix::load(weights, prefix + ".weight", outputs, inputs));
  if (weights.find(prefix + ".bias") != nullptr) {
    const std::size_t shape[] = {layer.outputs()};
    TOCCATA_TRY(layer.bias, weights.values<float>(prefix + ".bias", shape));
  }
  return layer;
}

void Linear::forward(std::span<const float> xs, std::span<float> ys) const {
  weight.multiply(xs, bias, ys);
}

}  // namespace toccata::ml
