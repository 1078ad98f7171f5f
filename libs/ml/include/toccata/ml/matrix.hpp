// SPDX-License-Identifier: MIT
// A matrix of weights laid out for products, in float32, bfloat16 or int8.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include <toccata/ml/weights.hpp>

namespace toccata::ml {

inline constexpr std::size_t kPanelRows = 16;
/// An int8 product keeps its vector on the stack, rounded.
inline constexpr std::size_t kMostInt8Columns = 8192;

/// 16 rows of a matrix by 1 column of float32, 2 of bfloat16 or 4 of int8: row after row.
struct alignas(64) Block {
  std::array<std::byte, 64> bytes;
};

/// A matrix, packed at load: panels of 16 rows, each a row of blocks. Never changes afterwards.
///
/// Threads: const members may be called from several at once.
class Matrix {
 public:
  /// Tensor `name`, `rows` by `cols` (kAnySize for any, but at least 1), F32, BF16 or I8; I8 has
  /// its rows' scales in tensor "NAME.scale", F32 [rows], and at most kMostInt8Columns columns.
  ///
  /// Errors: see TensorError. Cost: O(rows * cols); memory in proportion to the tensor's.
  static Result<Matrix, TensorError> load(const Weights& weights, std::string_view name,
                                          std::size_t rows, std::size_t cols);

  std::size_t rows() const { return rows_; }
  std::size_t cols() const { return cols_; }
  Element element() const { return element_; }

  /// ys = start + M xs for each of the vectors that lie one after the other in `xs`. The same
  /// vector gives the same bits alone and among others.
  ///
  /// Range: xs.size() = n * cols, ys.size() = n * rows, `start` empty (for 0), rows (the same for
  ///        all) or n * rows; `start` may be `ys`, `xs` may not overlap `ys`; finite numbers.
  /// Cost:  O(n * rows * cols). Realtime: safe (up to 32 KiB of stack).
  void multiply(std::span<const float> xs, std::span<const float> start, std::span<float> ys) const;

  /// One row as numbers. Range: row < rows(), out.size() = cols(). Cost: O(cols). Realtime: safe.
  void row(std::size_t row, std::span<float> out) const;

 private:
  Element element_ = Element::F32;
  std::size_t rows_ = 0, cols_ = 0;
  std::size_t blocks_per_panel_ = 0;
  std::vector<Block> blocks_;
  std::vector<float> scales_;
  std::vector<std::int32_t> row_sums_;
};

}  // namespace toccata::ml
