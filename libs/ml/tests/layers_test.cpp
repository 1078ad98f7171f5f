// SPDX-License-Identifier: MIT
// Laws of layers; whether they compute what their names say is tests/parity's part.
#include <doctest/doctest.h>

#include <bit>
#include <cmath>

#include <toccata/ml/layers/attention.hpp>
#include <toccata/ml/layers/conv1d.hpp>
#include <toccata/ml/layers/embedding.hpp>
#include <toccata/ml/layers/lstm.hpp>
#include <toccata/ml/layers/rms_norm.hpp>
#include <toccata/ml/quantise.hpp>
#include <toccata/ml/simd.hpp>

#include "reference.hpp"

using namespace toccata;
using namespace toccata::ml;

namespace {

void add(Weights& weights, const std::string& name, std::vector<std::size_t> shape) {
  std::size_t count = 1;
  for (const std::size_t length : shape) count *= length;
  weights.tensors.push_back(make_tensor<float>(
      name, std::move(shape), reference::numbers(count, weights.tensors.size() + 1, 0.4F)));
}

Weights lstm_weights(std::size_t layers, std::size_t width, std::size_t inputs) {
  Weights weights;
  for (std::size_t i = 0; i < layers; ++i) {
    const std::string suffix = "_l" + std::to_string(i);
    add(weights, "lstm.weight_ih" + suffix, {4 * width, i == 0 ? inputs : width});
    add(weights, "lstm.weight_hh" + suffix, {4 * width, width});
    add(weights, "lstm.bias_ih" + suffix, {4 * width});
    add(weights, "lstm.bias_hh" + suffix, {4 * width});
  }
  return weights;
}

Weights attention_weights(std::size_t width) {
  Weights weights;
  add(weights, "a.in_proj.weight", {3 * width, width});
  add(weights, "a.in_proj.bias", {3 * width});
  add(weights, "a.out_proj.weight", {width, width});
  return weights;
}

/// Causal attention over `steps` positions, `at_once` at a time.
std::vector<float> attend(const Attention& attention, std::span<const float> xs,
                          std::size_t at_once, const Rotary* rotary) {
  const std::size_t width = attention.width(), steps = xs.size() / width;
  KeyValueCache cache = attention.begin(steps);
  AttentionRoom room(width, at_once, steps);
  std::vector<float> ys(xs.size());
  for (std::size_t i = 0; i < steps; i += at_once) {
    const std::size_t count = std::min(at_once, steps - i) * width;
    attention.forward(xs.subspan(i * width, count), Sight::Causal, rotary, cache, room,
                      std::span(ys).subspan(i * width, count));
  }
  return ys;
}

constexpr Element kElements[] = {Element::F32, Element::BF16, Element::I8};

}  // namespace

TEST_CASE("Lstm: step by step and all at once give the same bits, on every level") {
  const Weights weights = lstm_weights(3, 19, 6);
  const auto xs = reference::numbers(70 * 6, 1, 2);
  for (const Element element : kElements) {
    const auto lstm = Lstm::load(quantise(weights, element), "lstm", 3, 19, 6);
    REQUIRE(lstm.has_value());
    std::vector<float> at_once(70 * 19), stepwise(70 * 19);
    LstmState state = lstm->begin();
    lstm->forward(xs, state, at_once);
    for (const std::string& level : simd_levels()) {
      use_simd_level(level);
      state = lstm->begin();
      for (std::size_t t = 0; t < 70; ++t)
        lstm->forward(std::span(xs).subspan(t * 6, 6), state,
                      std::span(stepwise).subspan(t * 19, 19));
      CHECK(stepwise == at_once);
    }
    use_best_simd_level();
  }
}

TEST_CASE("Lstm: what comes later changes nothing before, and a kept state goes on from there") {
  const auto lstm = Lstm::load(lstm_weights(2, 8, 4), "lstm", 2, 8, 4);
  REQUIRE(lstm.has_value());
  const auto xs = reference::numbers(std::size_t{20} * 4, 1);
  std::vector<float> whole(20 * 8), first(10 * 8), second(10 * 8);
  LstmState state = lstm->begin();
  lstm->forward(xs, state, whole);
  state = lstm->begin();
  lstm->forward(std::span(xs).first(40), state, first);
  const LstmState kept = state;
  lstm->forward(std::span(xs).first(40), state, second);
  state = kept;
  lstm->forward(std::span(xs).subspan(40), state, second);
  CHECK(std::equal(first.begin(), first.end(), whole.begin()));
  CHECK(std::equal(second.begin(), second.end(), whole.begin() + 80));
}

TEST_CASE("Attention: causal positions one at a time give the bits of all at once") {
  const std::size_t width = 24;
  const Rotary rotary(8, 40);
  const auto xs = reference::numbers(37 * width, 1);
  for (const Element element : kElements)
    for (const Rotary* turned : {static_cast<const Rotary*>(nullptr), &rotary}) {
      const auto attention =
          Attention::load(quantise(attention_weights(width), element), "a", 3, width);
      REQUIRE(attention.has_value());
      const auto at_once = attend(*attention, xs, 37, turned);
      for (const std::string& level : simd_levels()) {
        use_simd_level(level);
        CHECK(attend(*attention, xs, 1, turned) == at_once);
        CHECK(attend(*attention, xs, 5, turned) == at_once);
      }
      use_best_simd_level();
    }
}

TEST_CASE("KeyValueCache: after shortening, it goes on as if the rest had never been") {
  KeyValueCache cache(2, 5, 20), fresh(2, 5, 20);
  const auto key = [](std::size_t i) { return reference::numbers(10, i); };
  for (std::size_t i = 0; i < 19; ++i) cache.append(key(i), key(i + 100));
  cache.shorten(3);
  for (std::size_t i = 0; i < 3; ++i) fresh.append(key(i), key(i + 100));
  for (std::size_t i = 50; i < 67; ++i) {
    cache.append(key(i), key(i + 100));
    fresh.append(key(i), key(i + 100));
  }
  CHECK(cache.size() == 20);
  std::vector<float> scores(20), fresh_scores(20), mixed(5), fresh_mixed(5);
  for (std::size_t head = 0; head < 2; ++head) {
    const auto query = reference::numbers(5, 7);
    cache.score(head, {query, 5}, scores);
    fresh.score(head, {query, 5}, fresh_scores);
    CHECK(scores == fresh_scores);
    cache.mix(head, scores, {mixed, 5});
    fresh.mix(head, scores, {fresh_mixed, 5});
    CHECK(mixed == fresh_mixed);
  }
}

TEST_CASE("KeyValueCache: scores and mixtures are sums in the order of their numbers") {
  KeyValueCache cache(1, 18, 33);
  std::vector<float> keys, values_by_number(std::size_t{18} * 33);
  for (std::size_t i = 0; i < 33; ++i) {
    const auto key = reference::numbers(18, i), value = reference::numbers(18, i + 40);
    keys.insert(keys.end(), key.begin(), key.end());
    for (std::size_t n = 0; n < 18; ++n) values_by_number[n * 33 + i] = value[n];
    cache.append(key, value);
  }
  // Seven queries that lie 20 numbers apart, at once and one at a time.
  const auto queries = reference::numbers(7 * 20, 99);
  std::vector<float> scores(std::size_t{7} * 33), mixed(std::size_t{7} * 18);
  cache.score(0, {queries, 20}, scores);
  cache.mix(0, scores, {mixed, 18});
  for (std::size_t q = 0; q < 7; ++q) {
    const auto one = [&](const std::vector<float>& all, std::size_t from, std::size_t count) {
      const auto begin = all.begin() + static_cast<std::ptrdiff_t>(from);
      return std::vector<float>(begin, begin + static_cast<std::ptrdiff_t>(count));
    };
    const auto query_scores = one(scores, q * 33, 33);
    CHECK(query_scores == reference::product(keys, one(queries, q * 20, 18), {}));
    CHECK(one(mixed, q * 18, 18) == reference::product(values_by_number, query_scores, {}));
  }
}

TEST_CASE("Conv1d: windows one at a time give the bits of all at once") {
  Weights weights;
  add(weights, "c.weight", {9, 5, 3});
  add(weights, "c.bias", {9});
  const auto xs = reference::numbers(std::size_t{20} * 5, 1);
  for (const Element element : kElements) {
    const auto layer = Conv1d::load(quantise(weights, element), "c", 9, 5, 3);
    REQUIRE(layer.has_value());
    CHECK(layer->steps() == 3);
    std::vector<float> at_once(18 * 9), one(9);
    layer->forward(xs, at_once);
    for (std::size_t i = 0; i < 18; ++i) {
      layer->forward(std::span(xs).subspan(i * 5, 15), one);
      CHECK(std::equal(one.begin(), one.end(), at_once.begin() + static_cast<int>(i * 9)));
    }
  }
}

TEST_CASE("RmsNorm: a vector made twice as large comes out nearly the same") {
  const RmsNorm norm{reference::numbers(33, 1), 1e-5F};
  auto x = reference::numbers(33, 2, 10);
  std::vector<float> once(33), twice(33);
  norm.forward(x, once);
  for (float& value : x) value *= 2;
  norm.forward(x, twice);
  for (std::size_t i = 0; i < 33; ++i) CHECK(std::fabs(once[i] - twice[i]) < 1e-5F);
}

TEST_CASE("Rotary: what a query makes of a key depends on their distance alone") {
  const Rotary rotary(16, 500);
  const auto score = [&](std::size_t a, std::size_t b) {
    auto query = reference::numbers(16, 1), key = reference::numbers(16, 2);
    rotary.turn(a, query);
    rotary.turn(b, key);
    double sum = 0;
    for (std::size_t i = 0; i < 16; ++i)
      sum += static_cast<double>(query[i]) * static_cast<double>(key[i]);
    return sum;
  };
  CHECK(rotary.capacity() == 500);
  CHECK(score(10, 3) == doctest::Approx(score(490, 483)).epsilon(1e-5));
  CHECK(std::fabs(score(10, 3) - score(10, 9)) > 0.01);
}

TEST_CASE("layers: weights that are missing or of another size are refused by name") {
  const auto refused = [](const auto& result) {
    REQUIRE_FALSE(result.has_value());
    return result.error().name;
  };
  const Weights good = lstm_weights(1, 8, 4);
  CHECK(refused(Lstm::load(good, "lstm", 2, 8, 4)) == "lstm.weight_hh_l1");
  CHECK(refused(Lstm::load(good, "lstm", 1, 8, 5)) == "lstm.weight_ih_l0");
  CHECK(refused(Lstm::load(good, "lstm", 1, 9, 4)) == "lstm.weight_hh_l0");
  CHECK(refused(BidirectionalLstm::load(good, "lstm", 1, 8, 4)) == "lstm.weight_hh_l0_reverse");
  Weights cut = good;
  cut.tensors.pop_back();
  CHECK(refused(Lstm::load(cut, "lstm", 1, 8, 4)) == "lstm.bias_hh_l0");
  CHECK(refused(RmsNorm::load(good, "lstm", 8)) == "lstm.weight");
  Weights convolution;
  add(convolution, "c.weight", {9, 5, 3});
  CHECK(refused(Conv1d::load(convolution, "c", 9, 3, 5)) == "c.weight");
  CHECK(refused(Conv1d::load(convolution, "d", 9, 5, 3)) == "d.weight");
  CHECK(refused(Attention::load(attention_weights(10), "a", 3, 10)) == "a.out_proj.weight");
  Weights unscaled = quantise(attention_weights(9), Element::I8);
  std::erase_if(unscaled.tensors,
                [](const Tensor& t) { return t.name == "a.in_proj.weight.scale"; });
  CHECK(refused(Attention::load(unscaled, "a", 3, 9)) == "a.in_proj.weight.scale");
}

TEST_CASE("layers: sizes without numbers behind them are refused before anything is allocated") {
  Weights weights;
  const std::size_t huge = std::size_t{1} << 50;
  weights.tensors.push_back({"e.weight", Element::F32, {huge, 0}, {}});
  weights.tensors.push_back(
      {"wide.weight", Element::I8, {1, kMostInt8Columns + 1}, Bytes(kMostInt8Columns + 1)});
  CHECK_FALSE(Embedding::load(weights, "e", kAnySize, kAnySize).has_value());
  CHECK_FALSE(Embedding::load(weights, "wide", kAnySize, kAnySize).has_value());
}
