// SPDX-License-Identifier: MIT
// Sizes of layers, read off their tensors where a network leaves them open.
#pragma once

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include <toccata/ml/weights.hpp>

namespace toccata::ml {

/// Layers PREFIX.weight_ih_l0, ..._l1 and so on, as many as there are; at least 1, so that loading
/// says what is missing.
inline std::size_t lstm_layers(const Weights& weights, const std::string& prefix) {
  std::size_t layers = 0;
  while (weights.find(fmt::format("{}.weight_ih_l{}", prefix, layers)) != nullptr) ++layers;
  return std::max<std::size_t>(layers, 1);
}

/// The width that PREFIX.weight_hh_l0 has; 1 where it is no plane, which loading then refuses.
inline std::size_t lstm_width(const Weights& weights, const std::string& prefix) {
  const Tensor* tensor = weights.find(prefix + ".weight_hh_l0");
  const bool is_plane = tensor != nullptr && tensor->shape.size() == 2;
  return is_plane ? std::max<std::size_t>(tensor->shape[1], 1) : 1;
}

}  // namespace toccata::ml
