// SPDX-License-Identifier: MIT
// Layers and a whole small model against what PyTorch made of the same weights and inputs
// (ml_vectors.py). The differences found are printed.
#include "source_dir.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include <toccata/base/file.hpp>
#include <toccata/ml/functions.hpp>
#include <toccata/ml/layers/attention.hpp>
#include <toccata/ml/layers/conv1d.hpp>
#include <toccata/ml/layers/embedding.hpp>
#include <toccata/ml/layers/layer_norm.hpp>
#include <toccata/ml/layers/lstm.hpp>
#include <toccata/ml/layers/rms_norm.hpp>
#include <toccata/ml/layers/softmax.hpp>
#include <toccata/ml/networks/sequence_player.hpp>
#include <toccata/ml/networks/sequence_reader.hpp>
#include <toccata/ml/quantise.hpp>

using namespace toccata;
using namespace toccata::ml;

namespace {

/// How far a result may lie from PyTorch's in float32: what sums in another order differ by. The
/// others say how much of the answer's own size may be lost with smaller weights.
struct Tolerance {
  Element element;
  double allowed;
};
constexpr Tolerance kTolerances[] = {
    {Element::F32, 1e-5}, {Element::BF16, 0.01}, {Element::I8, 0.02}};

Weights vectors(const std::string& name) {
  auto bytes = read_file(test::source_dir() / "tests/parity/ml" / (name + ".safetensors"));
  REQUIRE(bytes.has_value());
  auto weights = read_weights(*std::move(bytes));
  REQUIRE(weights.has_value());
  return *std::move(weights);
}

std::vector<float> floats(const Weights& weights, std::string_view name) {
  const std::size_t plane[] = {kAnySize, kAnySize};
  auto values =
      weights.values<float>(name, std::span(plane).first(weights.find(name)->shape.size()));
  REQUIRE(values.has_value());
  return *std::move(values);
}

std::vector<std::size_t> ids_of(const Weights& weights) {
  const std::size_t any[] = {kAnySize};
  const auto values = weights.values<std::int64_t>("input", any);
  REQUIRE(values.has_value());
  return {values->begin(), values->end()};
}

/// A network's own tensors, without the inputs, some of which are missing numbers.
Weights network_of(const Weights& stored, const std::string& prefix) {
  Weights network = stored;
  std::erase_if(network.tensors,
                [&](const Tensor& tensor) { return !tensor.name.starts_with(prefix + "."); });
  return network;
}

/// The largest difference; for smaller weights as a share of the largest expected number.
void compare(const std::string& name, const Tolerance& tolerance, std::span<const float> found,
             std::span<const float> expected) {
  REQUIRE(found.size() == expected.size());
  double worst = 0, size = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    worst = std::max(worst,
                     std::fabs(static_cast<double>(found[i]) - static_cast<double>(expected[i])));
    size = std::max(size, std::fabs(static_cast<double>(expected[i])));
  }
  if (tolerance.element != Element::F32) worst /= size;
  MESSAGE(name << " " << std::string(name_of(tolerance.element)) << ": largest difference " << worst
               << ", allowed " << tolerance.allowed);
  CHECK(worst <= tolerance.allowed);
}

/// Runs run(weights, xs, ys) with each kind of weights.
template <class Run>
void check(const std::string& name, Run run) {
  const Weights stored = vectors(name);
  const auto xs = floats(stored, "input"), expected = floats(stored, "expected");
  for (const Tolerance& tolerance : kTolerances) {
    std::vector<float> ys(expected.size());
    run(quantise(stored, tolerance.element), xs, std::span(ys));
    compare(name, tolerance, ys, expected);
  }
}

template <class Layer>
Layer loaded(Result<Layer, TensorError> result) {
  if (!result) FAIL(describe(result.error()));
  return *std::move(result);
}

void check_attention(const std::string& name, std::size_t heads, std::size_t width, Sight sight,
                     const Rotary* rotary) {
  check(name, [&](const Weights& weights, std::span<const float> xs, std::span<float> ys) {
    const auto layer = loaded(Attention::load(weights, "layer", heads, width));
    KeyValueCache cache = layer.begin(xs.size() / width);
    AttentionRoom room(width, xs.size() / width, cache.capacity());
    layer.forward(xs, sight, rotary, cache, room, ys);
  });
}

/// The model that ml_vectors.py's transformer() builds, written with this library's layers.
struct Transformer {
  struct Block {
    LayerNorm before, between;
    Attention attention;
    Linear up, down;
  };
  Embedding tokens, positions;
  std::vector<Block> blocks;
  LayerNorm last;

  static constexpr std::size_t kWidth = 16, kHeads = 2, kBlocks = 2;

  static Result<Transformer, TensorError> load(const Weights& weights) {
    Transformer model;
    TOCCATA_TRY(model.tokens, Embedding::load(weights, "tokens", kAnySize, kWidth));
    TOCCATA_TRY(model.positions, Embedding::load(weights, "positions", kAnySize, kWidth));
    TOCCATA_TRY(model.last, LayerNorm::load(weights, "last", kWidth));
    for (std::size_t i = 0; i < kBlocks; ++i) {
      const std::string at = "blocks." + std::to_string(i);
      Block block;
      TOCCATA_TRY(block.before, LayerNorm::load(weights, at + ".before", kWidth));
      TOCCATA_TRY(block.between, LayerNorm::load(weights, at + ".between", kWidth));
      TOCCATA_TRY(block.attention, Attention::load(weights, at + ".attention", kHeads, kWidth));
      TOCCATA_TRY(block.up, Linear::load(weights, at + ".up", 4 * kWidth, kWidth));
      TOCCATA_TRY(block.down, Linear::load(weights, at + ".down", kWidth, 4 * kWidth));
      model.blocks.push_back(std::move(block));
    }
    return model;
  }

  /// Logits of one token more.
  std::vector<float> step(std::size_t id, std::vector<KeyValueCache>& caches,
                          AttentionRoom& room) const {
    const std::size_t position = caches.front().size();
    std::vector<float> x(kWidth), h(kWidth), wide(4 * kWidth), logits(tokens.count());
    const auto add = [&] {
      for (std::size_t i = 0; i < kWidth; ++i) x[i] += h[i];
    };
    tokens.forward(std::span(&id, 1), x);
    positions.forward(std::span(&position, 1), h);
    add();
    for (std::size_t i = 0; i < kBlocks; ++i) {
      const Block& block = blocks[i];
      std::vector<float> normed(kWidth);
      block.before.forward(x, normed);
      block.attention.forward(normed, Sight::Causal, nullptr, caches[i], room, h);
      add();
      block.between.forward(x, normed);
      block.up.forward(normed, wide);
      map_each(Function::Gelu, wide);
      block.down.forward(wide, h);
      add();
    }
    last.forward(x, h);
    tokens.table.multiply(h, {}, logits);
    return logits;
  }
};

}  // namespace

TEST_CASE("parity: functions") {
  const Weights stored = vectors("functions");
  const std::pair<const char*, Function> rows[] = {
      {"tanh", Function::Tanh}, {"sigmoid", Function::Sigmoid}, {"erf", Function::Erf},
      {"relu", Function::Relu}, {"gelu", Function::Gelu},       {"gelu_tanh", Function::GeluTanh},
      {"silu", Function::Silu}};
  for (const auto& [name, function] : rows) {
    auto x = floats(stored, "input");
    map_each(function, x);
    compare(name, kTolerances[0], x, floats(stored, name));
  }
  auto x = floats(stored, "input");
  softmax(x);
  compare("softmax", kTolerances[0], x, floats(stored, "softmax"));
}

TEST_CASE("parity: Linear") {
  check("linear", [](const Weights& weights, std::span<const float> xs, std::span<float> ys) {
    loaded(Linear::load(weights, "layer", 23, 37)).forward(xs, ys);
  });
}

TEST_CASE("parity: Embedding") {
  const Weights stored = vectors("embedding");
  const auto expected = floats(stored, "expected");
  for (const Tolerance& tolerance : kTolerances) {
    const auto layer =
        loaded(Embedding::load(quantise(stored, tolerance.element), "layer", 19, 21));
    std::vector<float> ys(expected.size());
    layer.forward(ids_of(stored), ys);
    compare("embedding", tolerance, ys, expected);
  }
}

TEST_CASE("parity: LayerNorm") {
  check("layer_norm", [](const Weights& weights, std::span<const float> xs, std::span<float> ys) {
    loaded(LayerNorm::load(weights, "layer", 29)).forward(xs, ys);
  });
}

TEST_CASE("parity: RmsNorm") {
  check("rms_norm", [](const Weights& weights, std::span<const float> xs, std::span<float> ys) {
    loaded(RmsNorm::load(weights, "layer", 29)).forward(xs, ys);
  });
}

TEST_CASE("parity: Conv1d") {
  check("conv1d", [](const Weights& weights, std::span<const float> xs, std::span<float> ys) {
    loaded(Conv1d::load(weights, "layer", 13, 7, 3)).forward(xs, ys);
  });
}

TEST_CASE("parity: Lstm") {
  check("lstm", [](const Weights& weights, std::span<const float> xs, std::span<float> ys) {
    const auto layer = loaded(Lstm::load(weights, "layer", 2, 11, 5));
    LstmState state = layer.begin();
    layer.forward(xs, state, ys);
  });
}

TEST_CASE("parity: BidirectionalLstm") {
  check("bidirectional_lstm",
        [](const Weights& weights, std::span<const float> xs, std::span<float> ys) {
          const auto out = loaded(BidirectionalLstm::load(weights, "layer", 2, 11, 5)).forward(xs);
          REQUIRE(out.size() == ys.size());
          std::copy(out.begin(), out.end(), ys.begin());
        });
}

TEST_CASE("parity: Attention, causal, whole and with rotary positions") {
  check_attention("attention_causal", 4, 20, Sight::Causal, nullptr);
  check_attention("attention_whole", 4, 20, Sight::Whole, nullptr);
  const Rotary rotary(8, 11);
  check_attention("attention_rotary", 3, 24, Sight::Causal, &rotary);
}

TEST_CASE("parity: a whole transformer, decoded token by token") {
  const Weights stored = vectors("transformer");
  const auto expected = floats(stored, "expected");
  for (const Tolerance& tolerance : kTolerances) {
    const auto model = loaded(Transformer::load(quantise(stored, tolerance.element)));
    std::vector<KeyValueCache> caches(Transformer::kBlocks, model.blocks[0].attention.begin(12));
    AttentionRoom room(Transformer::kWidth, 1, 12);
    std::vector<float> ys;
    for (const std::size_t id : ids_of(stored)) {
      const auto logits = model.step(id, caches, room);
      ys.insert(ys.end(), logits.begin(), logits.end());
    }
    compare("transformer", tolerance, ys, expected);
  }
}

TEST_CASE("parity: SequenceReader") {
  const Weights stored = vectors("sequence_reader");
  const auto xs = floats(stored, "input"), expected = floats(stored, "expected");
  const auto mean = floats(stored, "network.target_mean"),
             scale = floats(stored, "network.target_scale");
  /// Before they are brought to their own units.
  const auto plain = [&](std::span<const float> ys) {
    std::vector<float> out;
    for (std::size_t i = 0; i < ys.size(); ++i)
      out.push_back((ys[i] - mean[i % mean.size()]) / scale[i % scale.size()]);
    return out;
  };
  for (const Tolerance& tolerance : kTolerances) {
    const auto network = loaded(SequenceReader::load(
        quantise(network_of(stored, "network"), tolerance.element), "network"));
    const std::size_t columns = network.encoder.features();
    const auto ys =
        network.foretell(network.encoder.forward({xs, xs.size() / columns, columns, 1}));
    compare("sequence reader", tolerance, plain(ys), plain(expected));
  }
}

TEST_CASE("parity: SequencePlayer, told of a given past") {
  const Weights stored = vectors("sequence_player");
  const auto xs = floats(stored, "input"), past = floats(stored, "past");
  for (const Tolerance& tolerance : kTolerances) {
    const auto encoder = loaded(SequenceEncoder::load(
        quantise(network_of(stored, "network"), tolerance.element), "network"));
    const auto network = loaded(SequencePlayer::load(
        quantise(network_of(stored, "player"), tolerance.element), "player", encoder.width()));
    const std::size_t columns = encoder.features(), told = network.past.features();
    const auto encoded = encoder.forward({xs, xs.size() / columns, columns, 1});
    PlayerState state = network.begin(encoded);
    std::vector<float> logits, means;
    for (std::size_t at = 0; at < past.size(); at += told) {
      network.hear(std::span(past).subspan(at, told), state);
      logits.insert(logits.end(), state.logits.begin(), state.logits.end());
      means.push_back(static_cast<float>(network.expected(state)));
    }
    compare("sequence player's logits", tolerance, logits, floats(stored, "logits"));
    compare("sequence player's means", tolerance, means, floats(stored, "expected"));
  }
}
