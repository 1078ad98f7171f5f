// SPDX-License-Identifier: MIT
#include <toccata/ml/quantise.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include <toccata/base/assert.hpp>
#include <toccata/ml/matrix.hpp>

namespace toccata::ml {
namespace {

std::vector<float> floats_of(const Tensor& tensor) {
  std::vector<float> values(tensor.count());
  if (!values.empty()) std::memcpy(values.data(), tensor.bytes.data(), tensor.bytes.size());
  return values;
}

/// Numbers of a row: all dimensions but the first.
std::size_t columns_of(const Tensor& tensor) {
  return tensor.count() / std::max<std::size_t>(tensor.shape[0], 1);
}

Tensor to_bfloat(const Tensor& tensor) {
  std::vector<std::uint16_t> halves;
  for (const float value : floats_of(tensor)) {
    const auto bits = std::bit_cast<std::uint32_t>(value);
    halves.push_back(static_cast<std::uint16_t>((bits + 0x7FFF + (bits >> 16 & 1)) >> 16));
  }
  Tensor out = make_tensor<std::uint16_t>(tensor.name, tensor.shape, halves);
  out.element = Element::BF16;
  return out;
}

void add_bytes(Weights& out, const Tensor& tensor) {
  const std::vector<float> values = floats_of(tensor);
  const std::size_t rows = tensor.shape[0], cols = columns_of(tensor);
  std::vector<float> scales(rows);
  std::vector<std::int8_t> bytes(values.size());
  for (std::size_t r = 0; r < rows; ++r) {
    float largest = 0;
    for (std::size_t c = 0; c < cols; ++c)
      largest = std::max(largest, std::fabs(values[r * cols + c]));
    scales[r] = largest / 127;
    // Rows of nothing but (nearly) 0 stay so: nothing is divided by what is too small to invert.
    for (std::size_t c = 0; c < cols && largest > 1e-35F; ++c)
      bytes[r * cols + c] =
          static_cast<std::int8_t>(std::nearbyint(values[r * cols + c] / scales[r]));
  }
  out.tensors.push_back(make_tensor<std::int8_t>(tensor.name, tensor.shape, bytes));
  out.tensors.push_back(make_tensor<float>(tensor.name + ".scale", {rows}, scales));
}

std::vector<float> from_bfloat(const Tensor& tensor) {
  const Elements<std::uint16_t> halves(tensor.bytes.view());
  std::vector<float> values;
  values.reserve(halves.size());
  for (std::size_t i = 0; i < halves.size(); ++i)
    values.push_back(std::bit_cast<float>(std::uint32_t{halves[i]} << 16));
  return values;
}

std::vector<float> from_bytes(const Tensor& tensor, std::span<const float> scales) {
  const Elements<std::int8_t> bytes(tensor.bytes.view());
  const std::size_t cols = columns_of(tensor);
  std::vector<float> values;
  values.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size(); ++i)
    values.push_back(scales[i / cols] * static_cast<float>(bytes[i]));
  return values;
}

}  // namespace

Weights quantise(const Weights& weights, Element element) {
  TOCCATA_ASSERT(element == Element::F32 || element == Element::BF16 || element == Element::I8);
  Weights out;
  out.metadata = weights.metadata;
  for (const Tensor& tensor : weights.tensors) {
    const bool matrix = tensor.element == Element::F32 && tensor.shape.size() >= 2;
    if (matrix && element == Element::BF16) {
      out.tensors.push_back(to_bfloat(tensor));
    } else if (matrix && element == Element::I8 && columns_of(tensor) <= kMostInt8Columns) {
      add_bytes(out, tensor);
    } else {
      out.tensors.push_back(tensor);
    }
  }
  return out;
}

Result<std::vector<float>, TensorError> widened(const Weights& weights, std::string_view name,
                                                std::span<const std::size_t> shape) {
  const Tensor* tensor = weights.find(name);
  if (tensor != nullptr && std::ranges::equal(tensor->shape, shape)) {
    if (tensor->element == Element::BF16) return from_bfloat(*tensor);
    if (tensor->element == Element::I8 && shape.size() >= 2) {
      TOCCATA_TRY(const auto scales,
                  weights.values<float>(std::string(name) + ".scale", shape.first(1)));
      return from_bytes(*tensor, scales);
    }
  }
  auto values = weights.values<float>(name, shape);
  if (values) return values;
  TensorError error = values.error();
  error.allowed = (shape.size() >= 2 ? "I8, BF16 or " : "BF16 or ") + error.allowed;
  return Unexpected{std::move(error)};
}

}  // namespace toccata::ml
