// SPDX-License-Identifier: MIT
#include <toccata/ml/layers/rms_norm.hpp>

#include <cmath>

#include <toccata/base/assert.hpp>

#include "kernels/kernels.hpp"

namespace toccata::ml {

Result<RmsNorm, TensorError> RmsNorm::load(const Weights& weights, const std::string& prefix,
                                           std::size_t width) {
  RmsNorm layer;
  const std::size_t shape[] = {width};
  TOCCATA_TRY(layer.weight, weights.values<float>(prefix + ".weight", shape));
  return layer;
}

void RmsNorm::forward(std::span<const float> xs, std::span<float> ys) const {
  TOCCATA_ASSERT(xs.size() == ys.size());
  for (std::size_t at = 0; at < xs.size(); at += width()) {
    const auto x = xs.subspan(at, width());
    const float mean = kernels::sum_of_squares(x, 0) / static_cast<float>(width());
    kernels::normalise(x, 0, 1.0F / std::sqrt(mean + epsilon), weight, {}, ys.subspan(at, width()));
  }
}

}  // namespace toccata::ml
