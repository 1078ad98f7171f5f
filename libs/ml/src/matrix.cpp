// SPDX-License-Identifier: MIT
// Packing weights into panels, and handing them to the kernels.
#include <toccata/ml/matrix.hpp>

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include <toccata/base/assert.hpp>

#include "kernels/kernels.hpp"

namespace toccata::ml {
namespace {

/// How many columns of a row lie side by side in a block.
std::size_t columns_per_block(Element element) { return 4 / size_of(element); }

std::size_t divide_up(std::size_t a, std::size_t b) { return a / b + (a % b != 0 ? 1 : 0); }

/// Where an element lies, in bytes from the first block.
std::size_t place(std::size_t row, std::size_t col, std::size_t blocks_per_panel, Element element) {
  const std::size_t group = columns_per_block(element);
  const std::size_t block = row / kPanelRows * blocks_per_panel + col / group;
  return block * sizeof(Block) + row % kPanelRows * 4 + col % group * size_of(element);
}

float widen(const std::byte* at, Element element) {
  if (element == Element::I8) return static_cast<float>(static_cast<std::int8_t>(*at));
  std::uint32_t bits = 0;
  // A bfloat16 is the upper half of a float32.
  std::memcpy(reinterpret_cast<std::byte*>(&bits) + 4 - size_of(element), at, size_of(element));
  float value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

bool is_weight(Element element) {
  return element == Element::F32 || element == Element::BF16 || element == Element::I8;
}

/// The tensor, if it can be a matrix of this size.
Result<const Tensor*, TensorError> find_matrix(const Weights& weights, std::string_view name,
                                               std::size_t rows, std::size_t cols) {
  const auto size = [](std::size_t n) {
    return n == kAnySize ? std::string("any") : fmt::format("{}", n);
  };
  const std::string allowed = fmt::format(
      "F32, BF16 or I8 [{}, {}] with 1 or more of each, I8 up "
      "to {} columns",
      size(rows), size(cols), kMostInt8Columns);
  const Tensor* tensor = weights.find(name);
  if (tensor == nullptr) return Unexpected{TensorError{std::string(name), "nothing", allowed}};
  const auto fits = [](std::size_t found, std::size_t asked) {
    return found != 0 && (asked == kAnySize || asked == found);
  };
  const auto& shape = tensor->shape;
  if (!is_weight(tensor->element) || shape.size() != 2 || !fits(shape[0], rows) ||
      !fits(shape[1], cols) || (tensor->element == Element::I8 && shape[1] > kMostInt8Columns))
    return Unexpected{TensorError{std::string(name), describe(*tensor), allowed}};
  return tensor;
}

}  // namespace

Result<Matrix, TensorError> Matrix::load(const Weights& weights, std::string_view name,
                                         std::size_t rows, std::size_t cols) {
  TOCCATA_TRY(const Tensor* tensor, find_matrix(weights, name, rows, cols));
  Matrix matrix;
  matrix.element_ = tensor->element;
  matrix.rows_ = tensor->shape[0];
  matrix.cols_ = tensor->shape[1];
  matrix.blocks_per_panel_ = divide_up(matrix.cols_, columns_per_block(tensor->element));
  const std::size_t panels = divide_up(matrix.rows_, kPanelRows);
  if (tensor->element == Element::I8) {
    const std::size_t shape[] = {matrix.rows_};
    TOCCATA_TRY(matrix.scales_, weights.values<float>(std::string(name) + ".scale", shape));
    matrix.scales_.resize(panels * kPanelRows);
    matrix.row_sums_.resize(panels * kPanelRows);
  }
  matrix.blocks_.resize(panels * matrix.blocks_per_panel_);
  const std::size_t size = size_of(tensor->element), group = columns_per_block(tensor->element);
  auto* const out = reinterpret_cast<std::byte*>(matrix.blocks_.data());
  for (std::size_t r = 0; r < matrix.rows_; ++r) {
    const std::uint8_t* const row = tensor->bytes.data() + r * matrix.cols_ * size;
    for (std::size_t c = 0; c < matrix.cols_; c += group)
      std::memcpy(out + place(r, c, matrix.blocks_per_panel_, tensor->element), row + c * size,
                  std::min(group, matrix.cols_ - c) * size);
    for (std::size_t c = 0; tensor->element == Element::I8 && c < matrix.cols_; ++c)
      matrix.row_sums_[r] += static_cast<std::int8_t>(row[c]);
  }
  return matrix;
}

void Matrix::multiply(std::span<const float> xs, std::span<const float> start,
                      std::span<float> ys) const {
  const std::size_t count = xs.size() / cols_;
  TOCCATA_ASSERT(xs.size() == count * cols_ && ys.size() == count * rows_);
  TOCCATA_ASSERT(start.empty() || start.size() == rows_ || start.size() == ys.size());
  const kernels::Panels panels{blocks_.data(), blocks_per_panel_, rows_,
                               cols_,          scales_.data(),    row_sums_.data()};
  const kernels::Vectors vectors{xs.data(),
                                 cols_,
                                 start.empty() ? nullptr : start.data(),
                                 start.size() == ys.size() ? rows_ : 0,
                                 ys.data(),
                                 rows_,
                                 count};
  if (element_ == Element::F32) return kernels::multiply_float(panels, vectors);
  if (element_ == Element::BF16) return kernels::multiply_bfloat(panels, vectors);
  kernels::multiply_int8(panels, vectors);
}

void Matrix::row(std::size_t row, std::span<float> out) const {
  TOCCATA_ASSERT(row < rows_ && out.size() == cols_);
  const auto* const bytes = reinterpret_cast<const std::byte*>(blocks_.data());
  const float scale = scales_.empty() ? 1.0F : scales_[row];
  for (std::size_t c = 0; c < cols_; ++c)
    out[c] = scale * widen(bytes + place(row, c, blocks_per_panel_, element_), element_);
}

}  // namespace toccata::ml
