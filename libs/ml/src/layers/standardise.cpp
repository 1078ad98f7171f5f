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
  constexpr std::size_t kRows = 16;  // of a column, at once
  for (std::size_t row = 0; row < count; row += kRows) {
    const std::size_t some = std::min(kRows, count - row);
    float* const y = ys.data() + row * outputs();
    const float* const x = xs.values.data() + (first + row) * xs.row_step;
    for (std::size_t i = 0; i < features(); ++i) {
      float z[kRows] = {}, missing[kRows];
      for (std::size_t k = 0; k < some; ++k) z[k] = x[k * xs.row_step + i * xs.feature_step];
      for (std::size_t k = 0; k < kRows; ++k) {
        const bool is_missing = std::isnan(z[k]);
        missing[k] = is_missing ? 1.0F : 0.0F;
        z[k] = std::clamp(is_missing ? 0.0F : (z[k] - mean[i]) * scale[i], -kFarthest, kFarthest);
      }
      for (std::size_t k = 0; k < some; ++k) {
        y[k * outputs() + i] = z[k];
        y[k * outputs() + features() + i] = missing[k];
      }
    }
  }
}

}  // namespace toccata::ml
