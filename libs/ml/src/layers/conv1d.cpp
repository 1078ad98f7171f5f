// SPDX-License-Identifier: MIT
#include <toccata/ml/layers/conv1d.hpp>

#include <cstring>

#include <fmt/format.h>

#include <toccata/base/assert.hpp>

namespace toccata::ml {
namespace {

/// [outputs, inputs, steps] turned into [outputs, steps * inputs].
Tensor by_step(const Tensor& tensor, std::size_t inputs, std::size_t steps) {
  const std::size_t size = size_of(tensor.element), window = inputs * steps;
  Bytes turned(tensor.bytes.size());
  for (std::size_t i = 0; i < tensor.count(); ++i) {
    const std::size_t row = i / window, input = i % window / steps, step = i % steps;
    std::memcpy(&turned[(row * window + step * inputs + input) * size],
                tensor.bytes.data() + i * size, size);
  }
  return {tensor.name, tensor.element, {tensor.shape[0], window}, std::move(turned)};
}

}  // namespace

Result<Conv1d, TensorError> Conv1d::load(const Weights& weights, const std::string& prefix,
                                         std::size_t outputs, std::size_t inputs,
                                         std::size_t steps) {
  const std::string name = prefix + ".weight";
  const Tensor* tensor = weights.find(name);
  const std::vector<std::size_t> shape{outputs, inputs, steps};
  if (tensor == nullptr || tensor->shape != shape || tensor->count() == 0)
    return Unexpected{TensorError{name, tensor == nullptr ? "nothing" : describe(*tensor),
                                  fmt::format("[{}, {}, {}]", outputs, inputs, steps)}};
  Weights turned;
  turned.tensors.push_back(by_step(*tensor, inputs, steps));
  for (const std::string& beside : {name + ".scale", prefix + ".bias"})
    if (const Tensor* found = weights.find(beside); found != nullptr)
      turned.tensors.push_back(*found);
  TOCCATA_TRY(Linear window, Linear::load(turned, prefix, outputs, inputs * steps));
  return Conv1d{std::move(window), inputs};
}

void Conv1d::forward(std::span<const float> xs, std::span<float> ys) const {
  const std::size_t windows = ys.size() / outputs();
  TOCCATA_ASSERT(windows >= 1 && ys.size() == windows * outputs());
  TOCCATA_ASSERT(xs.size() == (windows + steps() - 1) * inputs);
  for (std::size_t i = 0; i < windows; ++i)
    window.forward(xs.subspan(i * inputs, window.inputs()), ys.subspan(i * outputs(), outputs()));
}

}  // namespace toccata::ml
