// SPDX-License-Identifier: MIT
// Laws of whole networks; whether they compute what their names say is tests/parity's part.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include <toccata/ml/networks/sequence_player.hpp>
#include <toccata/ml/networks/sequence_reader.hpp>

#include "reference.hpp"

using namespace toccata;
using namespace toccata::ml;

namespace {

constexpr std::size_t kFeatures = 3, kPast = 2, kEmbedded = 6, kWidth = 4, kTargets = 2, kBins = 8;

void add(Weights& weights, const std::string& name, std::vector<std::size_t> shape,
         float size = 0.6F) {
  std::size_t count = 1;
  for (const std::size_t length : shape) count *= length;
  weights.tensors.push_back(make_tensor<float>(
      name, std::move(shape), reference::numbers(count, weights.tensors.size() + 1, size)));
}

void add_linear(Weights& weights, const std::string& prefix, std::size_t outputs,
                std::size_t inputs) {
  add(weights, prefix + ".weight", {outputs, inputs});
  add(weights, prefix + ".bias", {outputs});
}

void add_cell(Weights& weights, const std::string& prefix, const std::string& suffix,
              std::size_t width, std::size_t inputs) {
  add(weights, prefix + ".weight_ih" + suffix, {4 * width, inputs});
  add(weights, prefix + ".weight_hh" + suffix, {4 * width, width});
  add(weights, prefix + ".bias_ih" + suffix, {4 * width});
  add(weights, prefix + ".bias_hh" + suffix, {4 * width});
}

void add_encoder(Weights& weights, const std::string& prefix) {
  add(weights, prefix + ".mean", {kFeatures});
  add(weights, prefix + ".scale", {kFeatures}, 1);
  add_linear(weights, prefix + ".embed", kEmbedded, 2 * kFeatures);
  add(weights, prefix + ".embed_norm.weight", {kEmbedded}, 1);
  add(weights, prefix + ".embed_norm.bias", {kEmbedded}, 1);
  for (const std::size_t layer : {0, 1})
    for (const char* direction : {"", "_reverse"})
      add_cell(weights, prefix + ".lstm", "_l" + std::to_string(layer) + direction, kWidth,
               layer == 0 ? kEmbedded : 2 * kWidth);
  add_linear(weights, prefix + ".attention.in_proj", 6 * kWidth, 2 * kWidth);
  add_linear(weights, prefix + ".attention.out_proj", 2 * kWidth, 2 * kWidth);
  add(weights, prefix + ".attention_norm.weight", {2 * kWidth}, 1);
  add(weights, prefix + ".attention_norm.bias", {2 * kWidth}, 1);
  weights.metadata[prefix + ".heads"] = "2";
  weights.metadata[prefix + ".block"] = "5";
}

Weights reader_weights() {
  Weights weights;
  add_encoder(weights, "net");
  add_linear(weights, "net.head", kTargets, 2 * kWidth);
  add(weights, "net.target_mean", {kTargets});
  add(weights, "net.target_scale", {kTargets});
  return weights;
}

Weights player_weights() {
  Weights weights;
  add(weights, "net.past_mean", {kPast});
  add(weights, "net.past_scale", {kPast}, 1);
  add_cell(weights, "net.lstm", "_l0", kWidth, 2 * kWidth + 2 * kPast);
  add_linear(weights, "net.head", kBins, kWidth);
  const float range[] = {-1, 3};
  weights.tensors.push_back(make_tensor<float>("net.range", {2}, range));
  return weights;
}

Result<SequenceReader, TensorError> load_reader(const Weights& weights) {
  return SequenceReader::load(weights, "net");
}
Result<SequencePlayer, TensorError> load_player(const Weights& weights) {
  return SequencePlayer::load(weights, "net", 2 * kWidth);
}

/// What an encoder may have said of some rows.
std::vector<float> encoded(std::size_t rows) { return reference::numbers(rows * 2 * kWidth, 98); }

/// Rows of features, one of them missing somewhere.
struct Rows {
  std::vector<float> values;
  explicit Rows(std::size_t rows) : values(reference::numbers(rows * kFeatures, 99, 2)) {
    if (rows > 3) values[3 * kFeatures + 1] = std::numeric_limits<float>::quiet_NaN();
  }
  FeatureView view() const { return {values, values.size() / kFeatures, kFeatures, 1}; }
};

/// Each tensor and each number of the metadata in turn is taken away: all are needed, and each is
/// named.
template <class Load>
void check_all_needed(const Weights& whole, const Load& load) {
  REQUIRE(load(whole).has_value());
  for (std::size_t i = 0; i < whole.tensors.size(); ++i) {
    // A bias may be left out (Linear), and an upper layer with both of its directions.
    const std::string name = whole.tensors[i].name;
    if (name.ends_with(".bias") && name.find("norm") == std::string::npos) continue;
    if (name.ends_with("weight_ih_l1")) continue;
    Weights lacking = whole;
    lacking.tensors.erase(lacking.tensors.begin() + static_cast<std::ptrdiff_t>(i));
    const auto loaded = load(lacking);
    INFO(name);
    REQUIRE(!loaded.has_value());
    CHECK(loaded.error().name.starts_with("net"));
  }
  for (const auto& entry : whole.metadata) {
    const std::string& key = entry.first;
    for (const std::string wrong : {"", "0", "-1", "3.5", "1000000", "99999999999999999999"}) {
      Weights damaged = whole;
      damaged.metadata[key] = wrong;
      CHECK_MESSAGE(!load(damaged).has_value(), key, " ", wrong);
    }
    Weights lacking = whole;
    lacking.metadata.erase(key);
    CHECK(!load(lacking).has_value());
  }
}

}  // namespace

TEST_CASE("Standardise centres, scales, holds what is far out, and tells what is missing") {
  Standardise layer{{10, 0}, {0.5F, 100}};
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::vector<float> rows{14, 0.01F, nan, 5};
  std::vector<float> ys(4 * 2);
  layer.forward({rows, 2, 2, 1}, 0, ys);
  CHECK(ys == std::vector<float>{2, 1, 0, 0, 0, 6, 1, 0});
  const std::vector<float> columns{14, nan, 0.01F, 5};  // the same, column by column
  std::vector<float> second(4);
  layer.forward({columns, 2, 1, 2}, 1, second);
  CHECK(second == std::vector<float>{0, 6, 1, 0});
}

TEST_CASE("SequenceReader needs all of its tensors and sound numbers") {
  check_all_needed(reader_weights(), load_reader);
}

TEST_CASE("SequencePlayer needs all of its tensors and sound numbers") {
  check_all_needed(player_weights(), load_player);
  Weights turned = player_weights();
  const float range[] = {3, 3};
  turned.tensors.back() = make_tensor<float>("net.range", {2}, range);
  CHECK(load_player(turned).error().name == "net.range");
  const auto narrower = SequencePlayer::load(player_weights(), "net", 2 * kWidth - 1);
  CHECK(narrower.error().name == "net.lstm.weight_ih_l0");
}

TEST_CASE("SequenceReader: what it says of a row depends on rows on both sides, in its units") {
  auto reader = load_reader(reader_weights());
  REQUIRE(reader.has_value());
  Rows rows(17);
  const auto forward = [&](const Rows& read) {
    return reader->foretell(reader->encoder.forward(read.view()));
  };
  const auto ys = forward(rows);
  REQUIRE(ys.size() == 17 * kTargets);
  for (const std::size_t changed : {std::size_t{0}, std::size_t{16}}) {
    Rows other(17);
    other.values[changed * kFeatures] += 1;
    CHECK(forward(other)[8 * kTargets] != ys[8 * kTargets]);
  }
  for (float& scale : reader->target_scale) scale *= 2;
  for (float& mean : reader->target_mean) mean = mean * 2 + 7;
  const auto scaled = forward(rows);
  for (std::size_t i = 0; i < ys.size(); ++i)
    CHECK(scaled[i] == doctest::Approx(2 * ys[i] + 7).epsilon(1e-5));
  CHECK(forward(Rows(0)).empty());
}

TEST_CASE("SequenceReader: attention keeps within its block") {
  auto reader = load_reader(reader_weights());
  REQUIRE(reader.has_value());
  const Rows rows(10);
  // Without memory each row of the LSTM stands alone: rows of the second block give by themselves
  // what they give behind the first.
  for (auto& layer : reader->encoder.lstm.layers)
    for (LstmCell* cell : {&layer.forward, &layer.backward}) {
      Weights zero;
      zero.tensors.push_back(make_tensor<float>("m", {4 * kWidth, kWidth},
                                                std::vector<float>(4 * kWidth * kWidth, 0.0F)));
      cell->recurrent = *Matrix::load(zero, "m", 4 * kWidth, kWidth);
      std::fill(cell->bias.begin() + kWidth, cell->bias.begin() + 2 * kWidth, -1000.0F);
    }
  const auto all = reader->encoder.forward(rows.view());
  const FeatureView tail{std::span(rows.values).subspan(5 * kFeatures), 5, kFeatures, 1};
  const auto alone = reader->encoder.forward(tail);
  CHECK(std::equal(alone.begin(), alone.end(), all.begin() + 5 * 2 * kWidth));
}

TEST_CASE("SequencePlayer: chances follow the past, and draws follow the chances") {
  const auto player = load_player(player_weights());
  REQUIRE(player.has_value());
  const auto rows = encoded(6);
  PlayerState one = player->begin(rows), other = player->begin(rows);
  const std::vector<float> low{-2, -2}, high{2, 2};
  player->hear(low, one);
  player->hear(high, other);
  const double mean = player->expected(one);
  CHECK(mean != player->expected(other));
  CHECK(mean > -1);
  CHECK(mean < 3);
  Rng rng(5), same(5);
  double sum = 0;
  constexpr int kDraws = 20000;
  for (int i = 0; i < kDraws; ++i) {
    const double value = player->draw({}, one, rng);
    CHECK(value == player->draw({}, one, same));
    sum += value;
  }
  CHECK(sum / kDraws == doctest::Approx(mean).epsilon(0.05));
  CHECK(player->expected(one) == mean);  // asking changes nothing
}

TEST_CASE("SequencePlayer: weights too large to compute with give values of the range") {
  Weights wild = player_weights();
  for (Tensor& tensor : wild.tensors)
    if (tensor.name.starts_with("net.head"))
      tensor =
          make_tensor<float>(tensor.name, tensor.shape, std::vector<float>(tensor.count(), 3e38F));
  const auto player = load_player(wild);
  REQUIRE(player.has_value());
  const auto rows = encoded(2);
  PlayerState state = player->begin(rows);
  player->hear(std::vector<float>{1e30F, -1e30F}, state);
  Rng rng(1);
  const double value = player->draw({}, state, rng), mean = player->expected(state);
  CHECK((value >= -1 && value <= 3));
  CHECK((mean >= -1 && mean <= 3));
}
