// SPDX-License-Identifier: MIT
// Inference: products, an LSTM one step at a time, a long piece read from both ends, attention.
#include <cstdint>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <toccata/base/rng.hpp>
#include <toccata/ml/layers/attention.hpp>
#include <toccata/ml/layers/lstm.hpp>
#include <toccata/ml/matrix.hpp>
#include <toccata/ml/quantise.hpp>

namespace {

using namespace toccata;
using namespace toccata::ml;

std::vector<float> numbers(std::size_t count, std::uint64_t seed, float size) {
  Rng rng(seed);
  std::vector<float> out(count);
  for (float& x : out) x = static_cast<float>(rng.uniform() * 2 - 1) * size;
  return out;
}

void add(Weights& weights, const std::string& name, std::vector<std::size_t> shape) {
  std::size_t count = 1;
  for (const std::size_t length : shape) count *= length;
  weights.tensors.push_back(
      make_tensor<float>(name, std::move(shape), numbers(count, weights.tensors.size(), 0.06F)));
}

Element element_of(const benchmark::State& state) {
  constexpr Element kElements[] = {Element::F32, Element::BF16, Element::I8};
  return kElements[state.range(0)];
}

void name_element(benchmark::State& state) {
  state.SetLabel(std::string(name_of(element_of(state))));
}

Weights lstm_weights(std::size_t layers, std::size_t width, std::size_t inputs, bool both_ends) {
  Weights weights;
  for (std::size_t i = 0; i < layers; ++i)
    for (const std::string end : {"", "_reverse"}) {
      if (!both_ends && !end.empty()) continue;
      const std::string suffix = "_l" + std::to_string(i) + end;
      add(weights, "lstm.weight_ih" + suffix,
          {4 * width, i == 0      ? inputs
                      : both_ends ? 2 * width
                                  : width});
      add(weights, "lstm.weight_hh" + suffix, {4 * width, width});
      add(weights, "lstm.bias_ih" + suffix, {4 * width});
      add(weights, "lstm.bias_hh" + suffix, {4 * width});
    }
  return weights;
}

/// 1024 x 256 by so many vectors.
void product(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(1));
  Weights weights;
  add(weights, "m", {1024, 256});
  const Matrix matrix = *Matrix::load(quantise(weights, element_of(state)), "m", 1024, 256);
  auto xs = numbers(256 * count, 1, 1);
  std::vector<float> ys(1024 * count);
  std::size_t at = 0;
  for (auto _ : state) {
    xs[at++ % xs.size()] += 0.001F;
    matrix.multiply(xs, {}, ys);
    benchmark::DoNotOptimize(ys.data());
  }
  state.counters["multiplications"] = benchmark::Counter(
      static_cast<double>(1024 * 256 * count), benchmark::Counter::kIsIterationInvariantRate);
  name_element(state);
}
BENCHMARK(product)->ArgsProduct({{0, 1, 2}, {1, 64}})->ArgNames({"element", "vectors"});

/// One step of 2 layers of 256, input 256.
void lstm_step(benchmark::State& state) {
  const Lstm lstm = *Lstm::load(quantise(lstm_weights(2, 256, 256, false), element_of(state)),
                                "lstm", 2, 256, 256);
  LstmState memory = lstm.begin();
  auto x = numbers(256, 1, 1);
  std::vector<float> y(256);
  for (auto _ : state) {
    lstm.forward(x, memory, y);
    x[0] = y[0];
    benchmark::DoNotOptimize(y.data());
  }
  name_element(state);
}
BENCHMARK(lstm_step)
    ->ArgsProduct({{0, 1, 2}})
    ->ArgNames({"element"})
    ->Unit(benchmark::kMicrosecond);

/// 8000 notes of 32 numbers, as in ten minutes of piano, through 2 layers of 256 from both ends.
void lstm_both_ends(benchmark::State& state) {
  const BidirectionalLstm lstm = *BidirectionalLstm::load(
      quantise(lstm_weights(2, 256, 32, true), element_of(state)), "lstm", 2, 256, 32);
  auto xs = numbers(std::size_t{8000} * 32, 1, 1);
  for (auto _ : state) {
    const auto ys = lstm.forward(xs);
    xs[0] = ys[0];
    benchmark::DoNotOptimize(ys.data());
  }
  name_element(state);
}
BENCHMARK(lstm_both_ends)
    ->ArgsProduct({{0, 1, 2}})
    ->ArgNames({"element"})
    ->Unit(benchmark::kMillisecond);

/// The next position after so many, 8 heads of 64.
void attention_step(benchmark::State& state) {
  constexpr std::size_t kWidth = 512;
  const auto seen = static_cast<std::size_t>(state.range(1));
  Weights weights;
  add(weights, "a.in_proj.weight", {3 * kWidth, kWidth});
  add(weights, "a.out_proj.weight", {kWidth, kWidth});
  const Attention attention =
      *Attention::load(quantise(weights, element_of(state)), "a", 8, kWidth);
  KeyValueCache cache = attention.begin(seen + 1);
  AttentionRoom room(kWidth, 1, seen + 1);
  auto x = numbers(kWidth, 1, 1);
  std::vector<float> y(kWidth);
  for (std::size_t i = 0; i < seen; ++i)
    cache.append(numbers(kWidth, i, 1), numbers(kWidth, i + seen, 1));
  for (auto _ : state) {
    attention.forward(x, Sight::Causal, nullptr, cache, room, y);
    cache.shorten(seen);
    x[0] = y[0];
    benchmark::DoNotOptimize(y.data());
  }
  name_element(state);
}
BENCHMARK(attention_step)
    ->ArgsProduct({{0, 1, 2}, {512}})
    ->ArgNames({"element", "positions"})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
