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
  // A feature at a time, as tables have them.
  for (std::size_t i = 0; i < features(); ++i) {
    const float* from = xs.values.data() + first * xs.row_step + i * xs.feature_step;
    float* to = ys.data() + i;
    const float centre = mean[i], factor = scale[i];
    for (std::size_t row = 0; row < count; ++row, from += xs.row_step, to += outputs()) {
      const bool is_missing = std::isnan(*from);
      const float z = is_missing ? 0 : (*from - centre) * factor;
      to[0] = std::clamp(z, -kFarthest, kFarthest);
      to[features()] = is_missing ? 1.0F : 0.0F;
    }
  }
}

}  // namespace toccata::ml
