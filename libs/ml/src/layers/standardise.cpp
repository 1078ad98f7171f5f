// SPDX-License-Identifier: MIT
#include <toccata/ml/layers/standardise.hpp>

#include <algorithm>
#include <cmath>

#include <toccata/base/assert.hpp>

namespace toccata::ml {

Result<Standardise, TensorError> Standardise::load(const Weights& weights,
                                                   const std::string& name) {
  Standardise layer;
  const std::size_t any[] = {kAnySize};
  TOCCATA_TRY(layer.mean, weights.values<float>(name + "mean", any));
  const std::size_t same[] = {layer.features()};
  TOCCATA_TRY(layer.scale, weights.values<float>(name + "scale", same));
  return layer;
}

void Standardise::forward(const FeatureView& xs, std::size_t first, std::span<float> ys) const {
  const std::size_t count = ys.size() / outputs();
  TOCCATA_ASSERT(ys.size() == count * outputs() && first + count <= xs.rows);
  for (std::size_t row = 0; row < count; ++row) {
    const auto y = ys.subspan(row * outputs(), outputs());
    const std::size_t at = (first + row) * xs.row_step;
    for (std::size_t i = 0; i < features(); ++i) {
      const float x = xs.values[at + i * xs.feature_step];
      const bool is_missing = std::isnan(x);
      const float z = is_missing ? 0 : (x - mean[i]) * scale[i];
      y[i] = std::clamp(z, -kFarthest, kFarthest);
      y[features() + i] = is_missing ? 1.0F : 0.0F;
    }
  }
}

}  // namespace toccata::ml
