// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <cmath>

#include <toccata/ml/matrix.hpp>
#include <toccata/ml/quantise.hpp>

#include "reference.hpp"

using namespace toccata;
using namespace toccata::ml;

namespace {

constexpr std::size_t kRows = 18, kCols = 37;

Weights example() {
  auto values = reference::numbers(kRows * kCols, 1, 3);
  for (std::size_t c = 0; c < kCols; ++c) values[c] = 0;                // a row of nothing
  for (std::size_t c = 0; c < kCols; ++c) values[kCols + c] *= 1e-30F;  // and one of very little
  Weights weights;
  weights.metadata = {{"architecture", "test"}};
  weights.tensors.push_back(make_tensor<float>("m", {kRows, kCols}, values));
  weights.tensors.push_back(make_tensor<float>("bias", {kRows}, std::span(values).first(kRows)));
  return weights;
}

std::vector<float> rows_of(const Weights& weights) {
  const auto matrix = Matrix::load(weights, "m", kRows, kCols);
  REQUIRE(matrix.has_value());
  std::vector<float> out(kRows * kCols);
  for (std::size_t r = 0; r < kRows; ++r) matrix->row(r, std::span(out).subspan(r * kCols, kCols));
  return out;
}

}  // namespace

TEST_CASE("quantise: only matrices change, and float32 not at all") {
  CHECK(quantise(example(), Element::F32) == example());
  for (const Element element : {Element::BF16, Element::I8}) {
    const Weights small = quantise(example(), element);
    CHECK(small.metadata == example().metadata);
    CHECK(*small.find("bias") == *example().find("bias"));
    CHECK(small.find("m")->element == element);
    const auto read = read_weights(write_weights(small));
    REQUIRE(read.has_value());
    CHECK(*read == small);
  }
}

TEST_CASE("quantise: the numbers are as near as it says") {
  const auto exact = rows_of(example());
  const auto halves = rows_of(quantise(example(), Element::BF16));
  const auto bytes = rows_of(quantise(example(), Element::I8));
  for (std::size_t r = 0; r < kRows; ++r) {
    float largest = 0;
    for (std::size_t c = 0; c < kCols; ++c)
      largest = std::max(largest, std::fabs(exact[r * kCols + c]));
    for (std::size_t i = r * kCols; i < (r + 1) * kCols; ++i) {
      CHECK(std::fabs(halves[i] - exact[i]) <= std::fabs(exact[i]) / 256);
      CHECK(std::fabs(bytes[i] - exact[i]) <= largest / 127 * 0.5001F);
    }
  }
}

TEST_CASE("quantise: bfloat16 rounds half to even") {
  // 1 + 2^-8 lies between 1 and 1 + 2^-7; 1 + 3 * 2^-8 between 1 + 2^-7 and 1 + 2^-6.
  const std::vector<float> values{1 + 1.0F / 256, 1 + 3.0F / 256, -1 - 1.0F / 256};
  Weights weights;
  weights.tensors.push_back(make_tensor<float>("m", {1, 3}, values));
  const auto matrix = Matrix::load(quantise(weights, Element::BF16), "m", 1, 3);
  REQUIRE(matrix.has_value());
  std::vector<float> row(3);
  matrix->row(0, row);
  CHECK(row == std::vector<float>{1, 1 + 1.0F / 64, -1});
}

TEST_CASE("widened: the numbers are those that matrices compute with, bit for bit") {
  const std::size_t shape[] = {kRows, kCols};
  for (const Element element : {Element::F32, Element::BF16, Element::I8}) {
    const Weights small = quantise(example(), element);
    const auto wide = widened(small, "m", shape);
    REQUIRE(wide.has_value());
    CHECK(*wide == rows_of(small));
    // Made smaller again they are what they were: nothing drifts from one training to the next.
    Weights again = small;
    again.tensors = {make_tensor<float>("m", {kRows, kCols}, *wide), *small.find("bias")};
    CHECK(quantise(again, element).find("m")->bytes == small.find("m")->bytes);
  }
  const std::size_t length[] = {kRows};
  CHECK(*widened(example(), "bias", length) == *example().values<float>("bias", length));
}

TEST_CASE("widened: convolutions have a scale a row, whatever a row's dimensions are") {
  Weights weights;
  weights.tensors.push_back(
      make_tensor<float>("c", {2, 1, 3}, std::vector<float>{127, -1, 64, 254, 2, -128}));
  const std::size_t shape[] = {2, 1, 3};
  const auto wide = widened(quantise(weights, Element::I8), "c", shape);
  REQUIRE(wide.has_value());
  CHECK(*wide == std::vector<float>{127, -1, 64, 254, 2, -128});
}

TEST_CASE("widened: what does not fit is refused by its name") {
  const std::size_t shape[] = {kRows, kCols}, other[] = {kCols, kRows}, length[] = {kRows};
  const auto refusal = [](const Weights& weights, const char* name, auto wanted) {
    const auto wide = widened(weights, name, wanted);
    REQUIRE(!wide.has_value());
    return describe(wide.error());
  };
  Weights bytes = quantise(example(), Element::I8);
  CHECK(refusal(bytes, "m", std::span(other)) ==
        "tensor m: found I8 [18, 37], but I8, BF16 or F32 [37, 18] is needed");
  CHECK(refusal(bytes, "n", std::span(length)) ==
        "tensor n: found nothing, but BF16 or F32 [18] is needed");
  std::erase_if(bytes.tensors, [](const Tensor& tensor) { return tensor.name == "m.scale"; });
  CHECK(refusal(bytes, "m", std::span(shape)) ==
        "tensor m.scale: found nothing, but F32 [18] is needed");
  bytes.tensors.push_back(make_tensor<float>("m.scale", {2}, std::vector<float>{1, 2}));
  CHECK(refusal(bytes, "m", std::span(shape)) ==
        "tensor m.scale: found F32 [2], but F32 [18] is needed");
  Weights whole;
  whole.tensors.push_back(make_tensor<std::int32_t>("m", {1, 1}, std::vector<std::int32_t>{1}));
  const std::size_t one[] = {1, 1};
  CHECK(refusal(whole, "m", std::span(one)) ==
        "tensor m: found I32 [1, 1], but I8, BF16 or F32 [1, 1] is needed");
}
