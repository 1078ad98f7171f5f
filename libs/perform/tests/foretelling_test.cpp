// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <numeric>

#include <toccata/perform/foretelling.hpp>
#include <toccata/perform/learned.hpp>

#include "constant_trees.hpp"
#include "small_networks.hpp"
#include "written.hpp"

using namespace toccata;
using Learner = ExpressionModel::Learner;

namespace {

ExpressionModel model_with(const SmallNetworks& networks) {
  ExpressionModel model;
  for (std::size_t i = 0; i < kTargets; ++i)
    model.put(Learner::Model, static_cast<Target>(i), Inputs::Marks,
              constant_trees(static_cast<Target>(i), Inputs::Marks, 20));
  const auto added = model.add_networks(networks.weights);
  if (!added) FAIL(describe(added.error()));
  return model;
}

Score tune() {
  return written({{0, 4, 60}, {4, 4, 64}, {8, 4, 62}, {12, 4, 65}, {16, 8, 64}, {24, 8, 60}});
}

/// The tune in order, with all columns of Inputs::Marks.
struct Known {
  Score score = tune();
  PlayingOrder order{score};
  NoteFeatures features = score_features(order);
  std::vector<std::size_t> places = std::vector<std::size_t>(order.notes().size());
  Known() {
    features.append(mark_features(order, nullptr));
    std::iota(places.begin(), places.end(), std::size_t{0});
  }
};

}  // namespace

TEST_CASE("Foretelling: trees and network are mixed by their share, target by target") {
  SmallNetworks networks;
  networks.add_reader(Inputs::Marks);
  const Known inputs;
  ExpressionModel model = model_with(networks);
  for (const Target target : reader_targets(Inputs::Marks)) {
    const auto said = [&](double share) {
      model.set_network_share(target, Inputs::Marks, share);
      return Foretelling(model, Inputs::Marks, inputs.order, inputs.features)
          .of(target, inputs.places);
    };
    const auto trees = said(0), network = said(1), mixed = said(0.25);
    CHECK(trees == std::vector<double>(6, 20.0));
    CHECK(network != trees);
    for (std::size_t i = 0; i < mixed.size(); ++i)
      CHECK(mixed[i] == doctest::Approx(0.75 * trees[i] + 0.25 * network[i]));
  }
}

TEST_CASE("ExpressionModel: what all players have in common is read without the players") {
  SmallNetworks networks;
  networks.add_reader(Inputs::Marks);
  networks.add_player(Target::NoteVelocity, Inputs::Marks, 1, 101);
  for (ml::Tensor& tensor : networks.weights.tensors)
    if (tensor.name == "player.velocity.score_marks.past_mean") tensor.shape = {1, tensor.count()};
  ExpressionModel model;
  using Needed = ExpressionModel::Needed;
  const auto whole = model.add_networks(networks.weights, Needed::Playing);
  REQUIRE_FALSE(whole.has_value());
  CHECK(describe(whole.error()).find("past_mean") != std::string::npos);
  ExpressionModel expecting;
  REQUIRE(expecting.add_networks(networks.weights, Needed::Expecting).has_value());
  CHECK(expecting.reader(Inputs::Marks) != nullptr);
  CHECK(expecting.player(Target::NoteVelocity, Inputs::Marks) == nullptr);
}

TEST_CASE("Foretelling: draws within the range, another for each seed, each after its own past") {
  SmallNetworks networks;
  networks.add_reader(Inputs::Marks);
  networks.add_player(Target::NoteVelocity, Inputs::Marks, 1, 101);
  const Known inputs;
  const ExpressionModel model = model_with(networks);
  Foretelling foretelling(model, Inputs::Marks, inputs.order, inputs.features);
  const auto drawn = [&](Target target, std::uint64_t seed) {
    return foretelling.draw(target, inputs.places, Rng(seed));
  };
  const auto one = drawn(Target::NoteVelocity, 1);
  REQUIRE(one.size() == 6);
  CHECK(one == drawn(Target::NoteVelocity, 1));
  CHECK(one != drawn(Target::NoteVelocity, 2));
  for (const double value : one) CHECK((value >= 1 && value <= 101));
  CHECK(drawn(Target::Lag, 1).empty());
}

TEST_CASE(
    "Foretelling: a note alone in its chord is drawn no lag, and the next is not told of it") {
  SmallNetworks networks;
  networks.add_reader(Inputs::Marks);
  networks.add_player(Target::Lag, Inputs::Marks, 0.01F, 0.1F);
  const Score score = written({{0, 4, 60}, {0, 4, 64}, {4, 4, 62}, {8, 4, 60}, {8, 4, 67}});
  const PlayingOrder order(score);
  NoteFeatures features = score_features(order);
  features.append(mark_features(order, nullptr));
  const std::vector<std::size_t> places{0, 1, 2, 3, 4};
  const ExpressionModel model = model_with(networks);
  // The same by hand, the note alone remembered as said.
  const ml::SequencePlayer& player = *model.player(Target::Lag, Inputs::Marks);
  const auto encoded = model.reader(Inputs::Marks)->encoder.forward(features.view());
  const auto by_hand = [&](float remembered, std::uint64_t seed) {
    std::vector<double> lags;
    Rng rng(seed);
    ml::PlayerState state = player.begin(encoded);
    Past past(order, Target::Lag, places);
    std::vector<float> told(past_names(Target::Lag).size());
    for (const std::size_t place : places) {
      past.tell(told);
      player.hear(told, state);
      lags.push_back(place == 2 ? 0 : player.draw({}, state, rng));
      past.add(place == 2 ? remembered : static_cast<float>(lags.back()));
    }
    return lags;
  };
  bool is_told = false;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const auto lags =
        Foretelling(model, Inputs::Marks, order, features).draw(Target::Lag, places, Rng(seed));
    CHECK(lags == by_hand(std::nanf(""), seed));
    is_told |= lags != by_hand(0, seed);
  }
  CHECK(is_told);
}

TEST_CASE("learned performer: the pedal is a player's where the model has one, else as expected") {
  const auto lifts = [](bool has_players) {
    SmallNetworks networks;
    networks.add_reader(Inputs::Marks);
    ExpressionModel model;
    for (const Target target : {Target::PedalDown, Target::PedalChange}) {
      if (has_players) networks.add_player(target, Inputs::Marks, 0, 1);
      model.put(Learner::Model, target, Inputs::Marks, constant_trees(target, Inputs::Marks, 0.6F));
      model.set_spread(target, {5, 0});
    }
    if (!model.add_networks(networks.weights)) FAIL("networks");
    const auto performer = make_learned_performer(
        "pedalling", std::make_shared<const ExpressionModel>(std::move(model)), {1, 1});
    const Score score = tune();
    std::vector<std::vector<std::int64_t>> all;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const Performance performance = perform(*performer, {score}, Rng(seed));
      auto& lifted = all.emplace_back();
      for (const ControlEvent& event : performance.controls)
        if (event.controller.number() == 64 && event.value.number() == 0)
          lifted.push_back(event.at.ticks());
    }
    return all;
  };
  const auto drawn = lifts(true), expected = lifts(false);
  CHECK(std::ranges::count(drawn, drawn.front()) < 10);
  CHECK(std::ranges::count(expected, expected.front()) == 10);
  CHECK(expected.front().size() == 6);  // lifted at each chord but the first, and at the end
}

TEST_CASE(
    "Foretelling: players hear through the reader, so that another one changes what they play") {
  SmallNetworks networks;
  networks.add_reader(Inputs::Marks);
  networks.add_player(Target::NoteVelocity, Inputs::Marks, 1, 101);
  SmallNetworks others = networks;
  for (ml::Tensor& tensor : others.weights.tensors)
    if (tensor.name == "network.score_marks.attention_norm.bias")
      tensor = ml::make_tensor<float>(tensor.name, tensor.shape,
                                      std::vector<float>(tensor.count(), 20.0F));
  const Known inputs;
  const auto drawn = [&](const SmallNetworks& of) {
    const ExpressionModel model = model_with(of);
    Foretelling foretelling(model, Inputs::Marks, inputs.order, inputs.features);
    std::vector<double> values;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
      const auto more = foretelling.draw(Target::NoteVelocity, inputs.places, Rng(seed));
      values.insert(values.end(), more.begin(), more.end());
    }
    return values;
  };
  CHECK(drawn(networks) != drawn(others));
}

TEST_CASE("Foretelling: what is drawn does not depend on what was asked before") {
  SmallNetworks networks;
  networks.add_reader(Inputs::Marks);
  networks.add_player(Target::NoteVelocity, Inputs::Marks, 1, 101);
  const Known inputs;
  ExpressionModel model = model_with(networks);
  model.set_network_share(Target::NoteVelocity, Inputs::Marks, 0.5);
  const auto draw = [&](Foretelling& foretelling) {
    return foretelling.draw(Target::NoteVelocity, inputs.places, Rng(1));
  };
  Foretelling alone(model, Inputs::Marks, inputs.order, inputs.features), after(alone);
  const auto expected = after.of(Target::NoteVelocity, inputs.places);
  CHECK(draw(after) == draw(alone));
  CHECK(alone.of(Target::NoteVelocity, inputs.places) == expected);
}

TEST_CASE("ExpressionModel: a reader that takes another one's place takes its players away") {
  SmallNetworks first;
  first.add_reader(Inputs::Marks);
  first.add_player(Target::NoteVelocity, Inputs::Marks, 1, 101);
  SmallNetworks reader, player;
  reader.add_reader(Inputs::Marks);
  player.add_player(Target::NoteVelocity, Inputs::Marks, 1, 101);
  ExpressionModel model = model_with(first);
  CHECK(!model.add_networks(player.weights).has_value());  // its reader is in another file
  CHECK(model.player(Target::NoteVelocity, Inputs::Marks) != nullptr);
  REQUIRE(model.add_networks(reader.weights).has_value());
  CHECK(model.player(Target::NoteVelocity, Inputs::Marks) == nullptr);
  CHECK(model.reader(Inputs::Marks) != nullptr);
}

TEST_CASE("ExpressionModel: a player is refused without the reader that it was trained on") {
  SmallNetworks alone;
  alone.add_player(Target::NoteVelocity, Inputs::Marks, 1, 101);
  const auto refused = [](const SmallNetworks& networks) {
    const auto added = ExpressionModel().add_networks(networks.weights);
    REQUIRE(!added.has_value());
    return describe(added.error());
  };
  CHECK(refused(alone) ==
        "player.velocity.score_marks: hears through network.score_marks, which is not there");
  SmallNetworks sound = alone;
  sound.add_reader(Inputs::Marks);
  CHECK(ExpressionModel().add_networks(sound.weights).has_value());
  sound.weights.metadata["player.velocity.score_marks.reader"] = "network.score";
  CHECK(refused(sound) ==
        "player.velocity.score_marks: hears through network.score, but network.score_marks is "
        "needed");
  sound.weights.metadata.erase("player.velocity.score_marks.reader");
  CHECK(refused(sound).find("hears through no reader") != std::string::npos);
}

TEST_CASE("foretell_next: the network is told of the true past and not of the present") {
  for (const Inputs inputs_of_player : {Inputs::History, Inputs::Marks}) {
    CAPTURE(name_of(inputs_of_player));
    SmallNetworks networks;
    networks.add_reader(Inputs::Marks);
    networks.add_player(Target::Articulation, inputs_of_player, -2, 2);
    ExpressionModel model = model_with(networks);
    CHECK(model.player_told(Target::Articulation) != nullptr);
    CHECK(model.player_told(Target::BeatSlowness) == nullptr);
    const Known inputs;
    const Sequence sequence{inputs.order, inputs.features, Target::Articulation, inputs.places};
    std::vector<float> series{0, 1, -1, 2, 0, 1};
    const auto before = foretell_next(model, Learner::Model, sequence, series);
    REQUIRE(before.size() == 6);
    series[3] = -2;
    const auto after = foretell_next(model, Learner::Model, sequence, series);
    for (std::size_t i = 0; i <= 3; ++i) CHECK(before[i] == after[i]);
    CHECK(before[4] != after[4]);
    // Beside trees it counts by its share.
    model.put(Learner::Model, Target::Articulation, Inputs::History,
              constant_trees(Target::Articulation, Inputs::History, 1));
    CHECK(foretell_next(model, Learner::Model, sequence, series) == std::vector<double>(6, 1.0));
    model.set_network_share(Target::Articulation, Inputs::History, 0.5);
    const auto mixed = foretell_next(model, Learner::Model, sequence, series);
    for (std::size_t i = 0; i < 6; ++i) CHECK(mixed[i] == doctest::Approx(0.5 + 0.5 * after[i]));
  }
}

TEST_CASE("foretell_next: velocities are told of timing, which a player of marks does not hear") {
  SmallNetworks networks;
  networks.add_reader(Inputs::Marks);
  networks.add_player(Target::NoteVelocity, Inputs::Marks, 1, 101);
  CHECK(model_with(networks).player_told(Target::NoteVelocity) == nullptr);
}

TEST_CASE("learned performer: a player network gives each seed a series of its own") {
  SmallNetworks networks;
  networks.add_reader(Inputs::Marks);
  networks.add_player(Target::NoteVelocity, Inputs::Marks, 1, 101);
  const auto model = std::make_shared<const ExpressionModel>(model_with(networks));
  const Score score = tune();
  const auto velocities = [&](double variation, std::uint64_t seed) {
    const auto performer = make_learned_performer("drawn", model, {0, variation});
    std::vector<int> values;
    for (const PlayedNote& note : perform(*performer, PerformTask{score}, Rng(seed)).notes)
      values.push_back(note.velocity.number());
    return values;
  };
  CHECK(velocities(0, 1) == velocities(0, 2));
  CHECK(velocities(1, 1) != velocities(1, 2));
  // Halfway between the expectation, 20, and the draw of that seed.
  const auto full = velocities(1, 3), half = velocities(0.5, 3);
  for (std::size_t i = 0; i < full.size(); ++i) CHECK(std::abs(2 * half[i] - 20 - full[i]) <= 2);
}

TEST_CASE("ExpressionModel: networks of another size or of unknown columns are refused by name") {
  SmallNetworks sound;
  sound.add_reader(Inputs::Score);
  CHECK(ExpressionModel().add_networks(sound.weights).has_value());
  SmallNetworks unnamed = sound;
  unnamed.weights.metadata.erase("network.score.columns");
  const auto lacking = ExpressionModel().add_networks(unnamed.weights);
  REQUIRE(!lacking.has_value());
  CHECK(lacking.error().what.find("network.score.columns") != std::string::npos);
  SmallNetworks narrow;
  narrow.add_encoder("network.score", 3);
  narrow.add_linear("network.score.head", 1, 2 * SmallNetworks::kWidth);
  narrow.add("network.score.target_mean", {1});
  narrow.add("network.score.target_scale", {1});
  narrow.name_columns("network.score.columns", columns_of(Target::NoteVelocity, Inputs::Score));
  const auto wrong = ExpressionModel().add_networks(narrow.weights);
  REQUIRE(!wrong.has_value());
  CHECK(wrong.error().what.find("3 columns") != std::string::npos);
}
