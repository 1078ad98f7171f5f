// SPDX-License-Identifier: MIT
// The loops that all time goes into, one version for each instruction set, chosen at run time.
//
// Every version gives the same bits. A product's sum runs over columns from the first to the last;
// rows are the lanes, so no lane ever meets another. A sum over one vector keeps kLanes partial
// sums, number i going to lane i mod kLanes, and adds lane l+8 to l, l+4 to l, l+2, l+1. A product
// is rounded before it is added. docs/ml.md tells why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include <toccata/ml/functions.hpp>
#include <toccata/ml/matrix.hpp>

namespace toccata::ml::kernels {

inline constexpr std::size_t kLanes = kPanelRows;

/// A matrix as it lies in memory: one panel of 16 rows after the other.
struct Panels {
  const Block* blocks;
  std::size_t blocks_per_panel;
  std::size_t rows, cols;
  const float* scales = nullptr;           ///< int8 alone: one a row
  const std::int32_t* row_sums = nullptr;  ///< int8 alone: each row's sum
};

/// What a matrix is multiplied with: `count` vectors x, what their products are added to, results.
struct Vectors {
  const float* x;
  std::size_t x_stride;
  const float* start;  ///< null for 0; may be y
  std::size_t start_stride;
  float* y;
  std::size_t y_stride;
  std::size_t count;
};

/// y = start + M x for each vector; blocks hold 1 column of float32 ...
void multiply_float(const Panels& matrix, const Vectors& vectors);
/// ... 2 columns of bfloat16, with the bits that float32 weights of the same values give ...
void multiply_bfloat(const Panels& matrix, const Vectors& vectors);
/// ... or 4 columns of int8: x is rounded to whole multiples of its largest magnitude / 127, all
/// products and sums are exact, and y = start + (x's scale * row's scale) * sum.
void multiply_int8(const Panels& matrix, const Vectors& vectors);

float sum(std::span<const float> x);
/// The sum of (x - centre)^2.
float sum_of_squares(std::span<const float> x, float centre);
/// Range: x not empty.
float largest(std::span<const float> x);

/// x = scale * x.
void scale(std::span<float> x, float scale);
/// x = exp(x - shift).
void exp_less(std::span<float> x, float shift);
/// y = (x - centre) * scale * weight + bias, a product at a time from the left. Range: `bias` may
/// be empty.
void normalise(std::span<const float> x, float centre, float scale, std::span<const float> weight,
               std::span<const float> bias, std::span<float> y);
/// x = function(x).
void map_each(Function function, std::span<float> x);
/// One step of an LSTM: `gates` holds input, forget, candidate and output, not yet squashed.
/// cell = sigmoid(forget) * cell + sigmoid(input) * tanh(candidate);
/// output = sigmoid(output gate) * tanh(cell).
void lstm_cell(std::span<const float> gates, std::span<float> cell, std::span<float> output);

}  // namespace toccata::ml::kernels
