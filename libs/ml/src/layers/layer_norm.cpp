// SPDX-License-Identifier: MIT
#include <toccata/ml/layers/layer_norm.hpp>

#include <cmath>

#include <toccata/base/assert.hpp>

#include "kernels/kernels.hpp"

namespace toccata::ml {

Result<LayerNorm, TensorError> LayerNorm::load(const Weights& weights, const std::string& prefix,
                                               std::size_t width) {
  LayerNorm layer;
  const std::size_t any[] = {width};
  TOCCATA_TRY(layer.weight, weights.values<float>(prefix + ".weight", any));
  const std::size_t same[] = {layer.width()};
  TOCCATA_TRY(layer.bias, weights.values<float>(prefix + ".bias", same));
  return layer;
}

void LayerNorm::forward(std::span<const float> xs, std::span<float> ys) const {
  TOCCATA_ASSERT(xs.size() == ys.size());
  for (std::size_t at = 0; at < xs.size(); at += width()) {
    const auto x = xs.subspan(at, width());
    const auto count = static_cast<float>(width());
    const float mean = kernels::sum(x) / count;
    const float variance = kernels::sum_of_squares(x, mean) / count;
    // A square root is rounded correctly everywhere.
    kernels::normalise(x, mean, 1.0F / std::sqrt(variance + epsilon), weight, bias,
                       ys.subspan(at, width()));
  }
}

}  // namespace toccata::ml
