// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include <toccata/perform/foretelling.hpp>
#include <toccata/perform/learned.hpp>
#include <toccata/perform/targets.hpp>

#include "written.hpp"

using namespace toccata;
using Learner = ExpressionModel::Learner;

namespace {

constexpr std::size_t kEmbedded = 4, kWidth = 2, kBins = 5;

/// Weights of networks small in all but their columns.
struct Networks {
  ml::Weights weights;

  void add(const std::string& name, std::vector<std::size_t> shape, float size = 0.5F) {
    Rng rng(stable_hash(name));
    std::size_t count = 1;
    for (const std::size_t length : shape) count *= length;
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(rng.uniform() * 2 - 1) * size;
    weights.tensors.push_back(ml::make_tensor<float>(name, std::move(shape), values));
  }
  void add_linear(const std::string& name, std::size_t outputs, std::size_t inputs) {
    add(name + ".weight", {outputs, inputs});
    add(name + ".bias", {outputs});
  }
  void add_cell(const std::string& name, const std::string& suffix, std::size_t inputs) {
    add(name + ".weight_ih" + suffix, {4 * kWidth, inputs});
    add(name + ".weight_hh" + suffix, {4 * kWidth, kWidth});
    add(name + ".bias_ih" + suffix, {4 * kWidth});
    add(name + ".bias_hh" + suffix, {4 * kWidth});
  }
  void add_encoder(const std::string& name, std::size_t columns) {
    add(name + ".mean", {columns});
    add(name + ".scale", {columns}, 0.1F);
    add_linear(name + ".embed", kEmbedded, 2 * columns);
    add(name + ".embed_norm.weight", {kEmbedded});
    add(name + ".embed_norm.bias", {kEmbedded});
    for (const char* suffix : {"_l0", "_l0_reverse"}) add_cell(name + ".lstm", suffix, kEmbedded);
    add_linear(name + ".attention.in_proj", 6 * kWidth, 2 * kWidth);
    add_linear(name + ".attention.out_proj", 2 * kWidth, 2 * kWidth);
    add(name + ".attention_norm.weight", {2 * kWidth});
    add(name + ".attention_norm.bias", {2 * kWidth});
    weights.metadata[name + ".heads"] = "1";
    weights.metadata[name + ".block"] = "4";
  }
  void name_columns(Target target, Inputs inputs) {
    std::string all;
    for (const auto& column : columns_of(target, inputs)) all += (all.empty() ? "" : ",") + column;
    weights
        .metadata["columns." + std::string(name_of(target)) + "." + std::string(name_of(inputs))] =
        all;
  }
  void add_reader(Inputs inputs) {
    const std::string name = "network." + std::string(name_of(inputs));
    const std::size_t targets = reader_targets(inputs).size();
    add_encoder(name, columns_of(Target::NoteVelocity, inputs).size());
    add_linear(name + ".head", targets, 2 * kWidth);
    add(name + ".target_mean", {targets});
    add(name + ".target_scale", {targets});
    name_columns(Target::NoteVelocity, inputs);
  }
  void add_player(Target target, Inputs inputs, float low, float high) {
    const std::string name =
        "player." + std::string(name_of(target)) + "." + std::string(name_of(inputs));
    const std::size_t past = (is_of_notes(target) ? history_names() : series_names()).size();
    const std::size_t columns =
        columns_of(target, inputs).size() - (inputs == Inputs::History ? past : 0);
    add_encoder(name + ".reader", columns);
    add(name + ".past_mean", {past});
    add(name + ".past_scale", {past}, 0.1F);
    add_cell(name + ".lstm", "_l0", 2 * kWidth + 2 * past);
    add_linear(name + ".head", kBins, kWidth);
    const float range[] = {low, high};
    weights.tensors.push_back(ml::make_tensor<float>(name + ".range", {2}, range));
    name_columns(target, inputs);
  }
};

/// Trees that say the same of everything.
ml::Trees constant(Target target, Inputs inputs, float value) {
  ml::TreeTables tables;
  tables.features = columns_of(target, inputs).size();
  tables.tree_nodes = {1};
  tables.feature = {ml::kLeaf};
  tables.threshold = {value};
  tables.left = {0};
  tables.missing_left = {0};
  return *ml::Trees::from_tables(tables);
}

ExpressionModel model_with(const Networks& networks) {
  ExpressionModel model;
  for (std::size_t i = 0; i < kTargets; ++i)
    model.put(Learner::Model, static_cast<Target>(i), Inputs::Marks,
              constant(static_cast<Target>(i), Inputs::Marks, 20));
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
  Networks networks;
  networks.add_reader(Inputs::Marks);
  const Known inputs;
  ExpressionModel model = model_with(networks);
  for (const Target target : reader_targets(Inputs::Marks)) {
    const auto said = [&](double share) {
      model.set_network_share(target, Inputs::Marks, share);
      return Foretelling(model, Inputs::Marks, inputs.features).of(target);
    };
    const auto trees = said(0), network = said(1), mixed = said(0.25);
    CHECK(trees == std::vector<double>(6, 20.0));
    CHECK(network != trees);
    for (std::size_t i = 0; i < mixed.size(); ++i)
      CHECK(mixed[i] == doctest::Approx(0.75 * trees[i] + 0.25 * network[i]));
  }
}

TEST_CASE("play_series: draws within the range, another for each seed, each after its own past") {
  Networks networks;
  networks.add_player(Target::NoteVelocity, Inputs::Marks, 1, 101);
  const Known inputs;
  const ExpressionModel model = model_with(networks);
  const Sequence sequence{inputs.order, inputs.features, Target::NoteVelocity, inputs.places};
  const auto one = play_series(model, sequence, Rng(1));
  REQUIRE(one.size() == 6);
  CHECK(one == play_series(model, sequence, Rng(1)));
  CHECK(one != play_series(model, sequence, Rng(2)));
  for (const double value : one) CHECK((value >= 1 && value <= 101));
  CHECK(play_series(model, {inputs.order, inputs.features, Target::Lag, inputs.places}, Rng(1))
            .empty());
}

TEST_CASE("foretell_next: the network is told of the true past and not of the present") {
  Networks networks;
  networks.add_player(Target::Articulation, Inputs::History, -2, 2);
  ExpressionModel model = model_with(networks);
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
            constant(Target::Articulation, Inputs::History, 1));
  CHECK(foretell_next(model, Learner::Model, sequence, series) == std::vector<double>(6, 1.0));
  model.set_network_share(Target::Articulation, Inputs::History, 0.5);
  const auto mixed = foretell_next(model, Learner::Model, sequence, series);
  for (std::size_t i = 0; i < 6; ++i) CHECK(mixed[i] == doctest::Approx(0.5 + 0.5 * after[i]));
}

TEST_CASE("learned performer: a player network gives each seed a series of its own") {
  Networks networks;
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
  Networks sound;
  sound.add_reader(Inputs::Score);
  CHECK(ExpressionModel().add_networks(sound.weights).has_value());
  Networks unnamed = sound;
  unnamed.weights.metadata.erase("columns.velocity.score");
  const auto lacking = ExpressionModel().add_networks(unnamed.weights);
  REQUIRE(!lacking.has_value());
  CHECK(lacking.error().what.find("columns.velocity.score") != std::string::npos);
  Networks narrow;
  narrow.add_encoder("network.score", 3);
  narrow.add_linear("network.score.head", 1, 2 * kWidth);
  narrow.add("network.score.target_mean", {1});
  narrow.add("network.score.target_scale", {1});
  narrow.name_columns(Target::NoteVelocity, Inputs::Score);
  const auto wrong = ExpressionModel().add_networks(narrow.weights);
  REQUIRE(!wrong.has_value());
  CHECK(wrong.error().what.find("3 columns") != std::string::npos);
}
