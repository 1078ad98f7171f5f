// SPDX-License-Identifier: MIT
#include <toccata/train_torch/older_past.hpp>

#include <doctest/doctest.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <toccata/base/rng.hpp>
#include <toccata/ml/networks/sequence_player.hpp>
#include <toccata/ml/quantise.hpp>
#include <toccata/perform/past.hpp>

using namespace toccata;
using namespace toccata::train_torch;

namespace {

constexpr std::size_t kEncoded = 4, kHidden = 3, kBins = 5;
const std::string kPlayer = "player.velocity.score";

/// A player that is told numbers of these names.
ml::Weights player_told(const std::vector<std::string>& names, std::uint64_t seed) {
  ml::Weights weights;
  Rng rng(seed);
  const auto add = [&](const char* suffix, std::vector<std::size_t> shape) {
    std::size_t count = 1;
    for (const std::size_t length : shape) count *= length;
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(rng.normal());
    weights.tensors.push_back(ml::make_tensor<float>(kPlayer + suffix, shape, values));
  };
  add(".past_mean", {names.size()});
  add(".past_scale", {names.size()});
  add(".lstm.weight_ih_l0", {4 * kHidden, kEncoded + 2 * names.size()});
  add(".lstm.weight_hh_l0", {4 * kHidden, kHidden});
  add(".lstm.bias_ih_l0", {4 * kHidden});
  add(".lstm.bias_hh_l0", {4 * kHidden});
  add(".head.weight", {kBins, kHidden});
  add(".head.bias", {kBins});
  const float range[] = {0, 127};
  weights.tensors.push_back(ml::make_tensor<float>(kPlayer + ".range", {2}, range));
  weights.metadata[kPlayer + ".past"] = fmt::format("{}", fmt::join(names, ","));
  return weights;
}

std::vector<float> logits(const ml::Weights& weights, std::span<const float> past) {
  const auto player = ml::SequencePlayer::load(weights, kPlayer, kEncoded);
  REQUIRE(player.has_value());
  const std::vector<float> encoded{0.5F, -1, 2, 0.25F};
  ml::PlayerState state = player->begin(encoded);
  player->hear(past, state);
  return state.logits;
}

struct Told {
  std::vector<std::string> all = past_names(Target::NoteVelocity), some;
  std::vector<float> of_all, of_some;

  /// All but the third and the last.
  Told() {
    Rng rng(3);
    for (std::size_t i = 0; i < all.size(); ++i) {
      of_all.push_back(i % 5 == 0 ? std::nanf("") : static_cast<float>(rng.normal()));
      if (i == 2 || i + 1 == all.size()) continue;
      some.push_back(all[i]);
      of_some.push_back(of_all.back());
    }
  }
};

const learn::NetworkTask& task() { return learn::network_tasks().front(); }

}  // namespace

TEST_CASE("older past: a player that was told less says the same when it is told all") {
  const Told told;
  const ml::Weights fresh = player_told(told.all, 8);
  // Of bytes the inputs are rounded too, as long as the weights are.
  for (const auto& [element, tolerance] :
       {std::pair(ml::Element::F32, 1e-5), {ml::Element::BF16, 1e-5}, {ml::Element::I8, 0.05}}) {
    const ml::Weights older = ml::quantise(player_told(told.some, 7), element);
    const auto whole = with_whole_past(older, fresh, task());
    REQUIRE(whole.has_value());
    const auto before = logits(older, told.of_some), after = logits(*whole, told.of_all);
    for (std::size_t bin = 0; bin < kBins; ++bin)
      CHECK(after[bin] == doctest::Approx(before[bin]).epsilon(tolerance));
    const auto again = with_whole_past(*whole, fresh, task());
    CHECK((again.has_value() && *again == *whole));
    const std::size_t shape[] = {told.all.size()};
    const auto scale = whole->values<float>(kPlayer + ".past_scale", shape);
    CHECK(scale->back() == fresh.values<float>(kPlayer + ".past_scale", shape)->back());
  }
}

TEST_CASE("older past: a player that was told all, or does not say what, is taken as it is") {
  const Told told;
  const ml::Weights fresh = player_told(told.all, 8);
  ml::Weights older = player_told(told.all, 7);
  CHECK(*with_whole_past(older, fresh, task()) == older);
  older.metadata.clear();
  CHECK(*with_whole_past(older, fresh, task()) == older);
}

TEST_CASE("older past: what this version does not tell is refused by name, and so are sizes") {
  const Told told;
  const ml::Weights fresh = player_told(told.all, 8);
  const auto refusal = [&](const std::vector<std::string>& names) {
    const auto whole = with_whole_past(player_told(names, 7), fresh, task());
    REQUIRE(!whole.has_value());
    return describe(whole.error());
  };
  CHECK(refusal({"history-1", "phase_of_the_moon"}).find("\"phase_of_the_moon\"") !=
        std::string::npos);
  CHECK(refusal({"history-2", "history-1"}).find("\"history-1\"") != std::string::npos);
  CHECK(refusal({"history-1", "history-1"}).find("\"history-1\"") != std::string::npos);
  ml::Weights cut = player_told(told.some, 7);
  cut.metadata[kPlayer + ".past"] = "history-1";
  const auto whole = with_whole_past(cut, fresh, task());
  REQUIRE(!whole.has_value());
  CHECK(describe(whole.error()).find(kPlayer + ".past_mean") != std::string::npos);
}
