// SPDX-License-Identifier: MIT
// Nothing that decodes step by step may allocate; a program of its own, as it replaces new.
#include <doctest/doctest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include <toccata/ml/functions.hpp>
#include <toccata/ml/layers/attention.hpp>
#include <toccata/ml/layers/embedding.hpp>
#include <toccata/ml/layers/layer_norm.hpp>
#include <toccata/ml/layers/lstm.hpp>
#include <toccata/ml/layers/rms_norm.hpp>
#include <toccata/ml/quantise.hpp>
#include <toccata/ml/sampler.hpp>

#include "reference.hpp"

namespace {
std::atomic<std::size_t> allocations{0};

void* counted(std::size_t size, std::size_t alignment) {
  ++allocations;
  void* memory = std::aligned_alloc(alignment, (size / alignment + 1) * alignment);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
}  // namespace

void* operator new(std::size_t size) { return counted(size, alignof(std::max_align_t)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

using namespace toccata;
using namespace toccata::ml;

namespace {

constexpr std::size_t kWidth = 48;

Weights model() {
  Weights weights;
  const auto add = [&](const std::string& name, std::vector<std::size_t> shape) {
    std::size_t count = 1;
    for (const std::size_t length : shape) count *= length;
    weights.tensors.push_back(
        make_tensor<float>(name, std::move(shape), reference::numbers(count, 1, 0.2F)));
  };
  add("tokens.weight", {60, kWidth});
  for (const std::string layer : {"_l0", "_l1"}) {
    add("lstm.weight_ih" + layer, {4 * kWidth, kWidth});
    add("lstm.weight_hh" + layer, {4 * kWidth, kWidth});
    add("lstm.bias_ih" + layer, {4 * kWidth});
    add("lstm.bias_hh" + layer, {4 * kWidth});
  }
  add("attention.in_proj.weight", {3 * kWidth, kWidth});
  add("attention.out_proj.weight", {kWidth, kWidth});
  add("norm.weight", {kWidth});
  add("norm.bias", {kWidth});
  add("logits.weight", {60, kWidth});
  add("logits.bias", {60});
  return weights;
}

}  // namespace

TEST_CASE("decoding: a step through every layer and the sampler allocates nothing") {
  for (const Element element : {Element::F32, Element::BF16, Element::I8}) {
    const Weights weights = quantise(model(), element);
    const auto tokens = *Embedding::load(weights, "tokens", 60, kWidth);
    const auto lstm = *Lstm::load(weights, "lstm", 2, kWidth, kWidth);
    const auto attention = *Attention::load(weights, "attention", 4, kWidth);
    const auto norm = *LayerNorm::load(weights, "norm", kWidth);
    const auto squares = *RmsNorm::load(weights, "norm", kWidth);
    const auto logits_of = *Linear::load(weights, "logits", 60, kWidth);
    LstmState state = lstm.begin();
    KeyValueCache cache = attention.begin(100);
    AttentionRoom room(kWidth, 1, 100);
    const Rotary rotary(kWidth / 4, 100);
    std::vector<float> x(kWidth), y(kWidth), logits(60);
    Sampler sampler(60);
    Rng rng(1);
    std::size_t id = 7;
    // The first step chooses the instruction set.
    for (int step = 0; step < 100; ++step) {
      const std::size_t before = allocations;
      tokens.forward(std::span(&id, 1), x);
      lstm.forward(x, state, y);
      attention.forward(y, Sight::Causal, &rotary, cache, room, x);
      norm.forward(x, x);
      squares.forward(x, x);
      map_each(Function::Gelu, x);
      logits_of.forward(x, logits);
      id = sampler.draw(logits, {0.9F, 20, 0.95F}, rng);
      const std::size_t made = allocations - before;
      CHECK(made == 0);
    }
  }
  CHECK(allocations > 100);  // that they are counted at all
}
