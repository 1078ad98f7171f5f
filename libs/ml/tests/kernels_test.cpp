// SPDX-License-Identifier: MIT
// The kernels against plain loops, bit for bit, on every instruction set of this machine.
#include <doctest/doctest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include <toccata/ml/functions.hpp>
#include <toccata/ml/layers/layer_norm.hpp>
#include <toccata/ml/layers/softmax.hpp>
#include <toccata/ml/matrix.hpp>
#include <toccata/ml/quantise.hpp>
#include <toccata/ml/simd.hpp>

#include "reference.hpp"

using namespace toccata;
using namespace toccata::ml;

namespace {

std::vector<std::uint32_t> bits(std::span<const float> x) {
  std::vector<std::uint32_t> out;
  for (const float value : x) out.push_back(std::bit_cast<std::uint32_t>(value));
  return out;
}

/// Runs `check` on every level, and tells which failed.
template <class Check>
void on_every_level(Check check) {
  for (const std::string& level : simd_levels()) {
    CAPTURE(level);
    use_simd_level(level);
    check();
  }
  use_best_simd_level();
}

Matrix matrix_of(const Weights& weights, std::size_t rows, std::size_t cols) {
  auto matrix = Matrix::load(weights, "m", rows, cols);
  REQUIRE(matrix.has_value());
  return *std::move(matrix);
}

Weights weights_of(std::size_t rows, std::size_t cols) {
  Weights weights;
  weights.tensors.push_back(
      make_tensor<float>("m", {rows, cols}, reference::numbers(rows * cols, rows + cols)));
  return weights;
}

struct Size {
  std::size_t rows, cols, count;
};
// Around the sizes of panels, tiles, blocks and vectors.
constexpr Size kSizes[] = {{1, 1, 1},   {3, 5, 2},     {15, 17, 1},  {16, 4, 4},   {17, 33, 5},
                           {40, 7, 3},  {64, 64, 9},   {129, 70, 4}, {128, 31, 1}, {200, 130, 6},
                           {5, 600, 2}, {256, 256, 1}, {31, 2, 11},  {48, 3, 1},   {144, 9, 4}};

/// Each of the vectors' products, by `plain`, one after the other.
template <class Plain>
std::vector<float> each(const Size& size, std::span<const float> xs, std::span<const float> starts,
                        Plain plain) {
  std::vector<float> all;
  for (std::size_t t = 0; t < size.count; ++t) {
    const auto y =
        plain(xs.subspan(t * size.cols, size.cols), starts.subspan(t * size.rows, size.rows));
    all.insert(all.end(), y.begin(), y.end());
  }
  return all;
}

}  // namespace

TEST_CASE("kernels: plain C++ is among the levels, and so is what this machine has") {
  const auto levels = simd_levels();
  REQUIRE_FALSE(levels.empty());
#if defined(__x86_64__)
  CHECK((levels.back() == "SCALAR" || levels.back() == "EMU128"));
#endif
  for (const std::string& level : levels) MESSAGE("level " << level);
}

TEST_CASE("kernels: a float32 or bfloat16 product is that of plain loops, on every level") {
  for (const Size& size : kSizes) {
    CAPTURE(size.rows);
    CAPTURE(size.cols);
    const auto xs = reference::numbers(size.cols * size.count, 3);
    const auto starts = reference::numbers(size.rows * size.count, 4);
    for (const Element element : {Element::F32, Element::BF16}) {
      const Matrix matrix =
          matrix_of(quantise(weights_of(size.rows, size.cols), element), size.rows, size.cols);
      std::vector<float> rows(size.rows * size.cols);
      for (std::size_t r = 0; r < size.rows; ++r)
        matrix.row(r, std::span(rows).subspan(r * size.cols, size.cols));
      const auto expected = each(
          size, xs, starts, [&](auto x, auto start) { return reference::product(rows, x, start); });
      on_every_level([&] {
        std::vector<float> ys(size.rows * size.count);
        matrix.multiply(xs, starts, ys);
        CHECK(bits(ys) == bits(expected));
      });
    }
  }
}

TEST_CASE("kernels: an int8 product is exact but for its scales, on every level") {
  for (const Size& size : kSizes) {
    CAPTURE(size.rows);
    CAPTURE(size.cols);
    const auto xs = reference::numbers(size.cols * size.count, 5);
    const auto starts = reference::numbers(size.rows * size.count, 6);
    const Weights weights = quantise(weights_of(size.rows, size.cols), Element::I8);
    const Matrix matrix = matrix_of(weights, size.rows, size.cols);
    const std::size_t shape[] = {size.rows, size.cols};
    const auto bytes = *weights.values<std::int8_t>("m", shape);
    const auto scales = *weights.values<float>("m.scale", std::span(shape).first(1));
    const auto expected = each(size, xs, starts, [&](auto x, auto start) {
      return reference::int8_product(bytes, scales, x, start);
    });
    on_every_level([&] {
      std::vector<float> ys(size.rows * size.count);
      matrix.multiply(xs, starts, ys);
      CHECK(bits(ys) == bits(expected));
    });
  }
}

TEST_CASE("kernels: the largest int8 product overflows nothing") {
  Weights weights;
  const std::vector<std::int8_t> lowest(2 * kMostInt8Columns, -128);
  const std::vector<float> scales(2, 1.0F);
  weights.tensors.push_back(make_tensor<std::int8_t>("m", {2, kMostInt8Columns}, lowest));
  weights.tensors.push_back(make_tensor<float>("m.scale", {2}, scales));
  const Matrix matrix = matrix_of(weights, 2, kMostInt8Columns);
  const std::vector<float> x(kMostInt8Columns, -127.0F);
  on_every_level([&] {
    std::vector<float> y(2);
    matrix.multiply(x, {}, y);
    CHECK(y[0] == 128.0F * 127 * kMostInt8Columns);
  });
}

TEST_CASE("kernels: a vector of nothing but zeros gives the start, also in int8") {
  for (const Element element : {Element::F32, Element::BF16, Element::I8}) {
    const Matrix matrix = matrix_of(quantise(weights_of(20, 9), element), 20, 9);
    const std::vector<float> x(9);
    const auto start = reference::numbers(20, 1);
    on_every_level([&] {
      std::vector<float> y(20);
      matrix.multiply(x, start, y);
      CHECK(y == start);
    });
  }
}

TEST_CASE("kernels: softmax and layer norm add up over 16 lanes, on every level") {
  for (const std::size_t count : {1U, 2U, 15U, 16U, 17U, 100U, 1000U}) {
    const auto x = reference::numbers(count, count, 5);
    LayerNorm norm;
    norm.weight = reference::numbers(count, 8);
    norm.bias = reference::numbers(count, 9);
    // Both in plain loops; the exponentials alone are the library's.
    std::vector<float> chances = x, squares, normed;
    const float top = *std::max_element(x.begin(), x.end());
    for (float& value : chances) value -= top;
    map_each(Function::Exp, chances);
    const float inverse = 1.0F / reference::sum(chances);
    for (float& value : chances) value *= inverse;
    const float mean = reference::sum(x) / static_cast<float>(count);
    for (const float value : x) squares.push_back((value - mean) * (value - mean));
    const float variance = reference::sum(squares) / static_cast<float>(count);
    const float factor = 1.0F / std::sqrt(variance + norm.epsilon);
    for (std::size_t i = 0; i < count; ++i)
      normed.push_back((x[i] - mean) * factor * norm.weight[i] + norm.bias[i]);
    on_every_level([&] {
      std::vector<float> y = x;
      softmax(y);
      CHECK(bits(y) == bits(chances));
      norm.forward(x, y);
      CHECK(bits(y) == bits(normed));
    });
  }
}
