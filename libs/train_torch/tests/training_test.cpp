// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>

#include <toccata/base/json.hpp>
#include <toccata/ml/quantise.hpp>
#include <toccata/train_torch/training.hpp>

#include "../../learn/tests/aligned_pieces.hpp"

using namespace toccata;
using namespace toccata::train_torch;
using learn::Material;
using learn::NetworkTask;

namespace {

constexpr std::size_t kColumns = 5, kRows = 40;

/// Sequences whose target follows the first column, where it is known.
Material material_for(const NetworkTask& task, std::uint64_t seed) {
  Rng rng(seed);
  Material material;
  material.piece_columns = kColumns;
  material.targets = task.targets.size();
  material.pasts.assign(material.targets, 2);
  for (std::uint32_t piece = 0; piece < 6; ++piece) {
    const std::size_t rows = kRows - piece;  // of several lengths
    material.sequences.push_back({material.pieces.size() / kColumns,
                                  material.played.size() / material.played_columns(), rows, piece,
                                  piece, 1});
    for (std::size_t row = 0; row < rows; ++row) {
      const auto value = static_cast<float>(rng.normal());
      material.pieces.push_back(value);
      for (std::size_t c = 1; c < kColumns; ++c)
        material.pieces.push_back(rng.chance(0.2) ? std::numeric_limits<float>::quiet_NaN()
                                                  : static_cast<float>(rng.normal()));
      for (std::size_t c = 0; c < material.past(); ++c)
        material.played.push_back(static_cast<float>(rng.normal()));
      for (std::size_t t = 0; t < material.targets; ++t)
        material.played.push_back(rng.chance(0.1) ? std::numeric_limits<float>::quiet_NaN()
                                                  : 64 + 20 * value);
    }
  }
  return material;
}

TrainerOptions small() {
  TrainerOptions options;
  options.shape = {8, 8, 2, 2, 16, 8, 32};
  options.dropout = 0.1;
  options.column_dropout = 0;
  return options;
}

NetworkTask task_named(std::string_view name) { return *learn::find_network_task(name); }

double taught(Trainer& trainer, const Material& material, int steps) {
  trainer.use(material);
  const auto windows = learn::draw_windows(material, 32, Rng(1));
  for (int i = 0; i < steps; ++i) trainer.step(windows, 0.01);
  return trainer.take_loss();
}

/// A training of a reader on a few pieces, and what it tells.
class SmallTraining {
 public:
  SmallTraining() {
    for (std::size_t i = 0; i < 5; ++i)
      made_.push_back(std::make_unique<const learn::PreparedPiece>(
          learn::aligned_piece(std::string(1, static_cast<char>('a' + i)), 2)));
    options.trainer = small();
    options.trainer.shape.block = 16;
    options.batch = 1;
    options.window = 16;
    options.epochs = 2;
    options.patience = 100;
    options.checkpoint_seconds = 0;
  }

  /// Up to `most` checkpoints, then it is ended from outside.
  TrainedNetwork run(const ml::Weights* checkpoint = nullptr, std::size_t most = SIZE_MAX) {
    checkpoints.clear();
    TrainingEvents events;
    events.checkpoint = [&](const ml::Weights& state) {
      checkpoints.push_back(state);
      return checkpoints.size() < most;
    };
    std::vector<const learn::PreparedPiece*> training, held{made_.back().get()};
    for (std::size_t i = 0; i + 1 < made_.size(); ++i) training.push_back(made_[i].get());
    auto trained = train_network(task_named("network.score"), training, held, options,
                                 {nullptr, checkpoint}, events);
    REQUIRE(trained.has_value());
    return *std::move(trained);
  }

  TrainingOptions options;
  std::vector<ml::Weights> checkpoints;

 private:
  std::vector<std::unique_ptr<const learn::PreparedPiece>> made_;
};

/// Where a training stands, as its checkpoint says: "epoch", "step".
std::int64_t place_in(const ml::Weights& checkpoint, const char* name) {
  const auto json = parse_json(checkpoint.metadata.at("progress"));
  REQUIRE(json.has_value());
  return *json->find(name)->integer();
}

std::int64_t steps_in(const ml::Weights& checkpoint) {
  const std::size_t two[] = {2};
  return (*checkpoint.values<std::int64_t>("counts", two))[0];
}

const bool kReady = begin(Device::Cpu, 1).has_value();

}  // namespace

TEST_CASE("Trainer: readers and players learn what stands in a column") {
  REQUIRE(kReady);
  for (const char* name : {"network.score", "network.score_marks"}) {
    const NetworkTask task = task_named(name);
    const Material material = material_for(task, 1);
    Trainer trainer(task, material, small());
    const double before = taught(trainer, material, 1);
    taught(trainer, material, 150);
    const double after = taught(trainer, material, 5);
    CAPTURE(name);
    CHECK(after < 0.8 * before);
    const auto foretold = trainer.predict(material);
    for (std::size_t output = 0; output < material.outputs(); ++output) {
      // What lies out of a player's range is not learned.
      if (task.targets[material.target_of(output)] != Target::NoteVelocity) continue;
      const auto rows = learn::predicted_rows(material, output, foretold);
      double squares = 0;
      for (std::size_t row = 0; row < rows.predicted.size(); ++row)
        squares += std::pow(rows.predicted[row] - rows.rows.targets[row], 2);
      CAPTURE(output);
      CHECK(std::sqrt(squares / static_cast<double>(rows.predicted.size())) < 15);  // of 20
    }
  }
}

TEST_CASE("Trainer: a player's past is its own") {
  const NetworkTask task = task_named("network.score_marks");
  const Material material = material_for(task, 8);
  Trainer trainer(task, material, small());
  taught(trainer, material, 3);
  const auto before = trainer.predict(material);
  for (std::size_t player = 0; player < material.pasts.size(); ++player) {
    Material told = material;
    told.played[2 * player] += 1;  // of the first row
    const auto after = trainer.predict(told);
    for (std::size_t output = 0; output < material.outputs(); ++output)
      CHECK((before[output] == after[output]) == (output != material.targets + player));
  }
}

TEST_CASE("Trainer: what it foretells of a sequence does not depend on those beside it") {
  const NetworkTask task = task_named("network.score_marks");
  const Material all = material_for(task, 2);
  Trainer trainer(task, all, small());
  taught(trainer, all, 3);
  const auto together = trainer.predict(all);
  const learn::Sequence& last = all.sequences.back();
  Material one = all;
  one.sequences = {last};
  const auto alone = trainer.predict(one);
  const std::size_t outputs = all.outputs();
  for (std::size_t i = last.played_row * outputs; i < (last.played_row + last.rows) * outputs; ++i)
    CHECK(alone[i] == doctest::Approx(together[i]).epsilon(1e-4));
}

TEST_CASE(
    "Trainer: from its state it takes the same steps, from its weights it foretells the same") {
  const NetworkTask task = task_named("network.score_marks");
  const Material material = material_for(task, 3);
  Trainer first(task, material, small());
  taught(first, material, 4);
  ml::Weights state;
  first.save_state(state);
  Trainer second(task, material, small());
  REQUIRE(second.load_state(state).has_value());
  CHECK(taught(first, material, 3) == taught(second, material, 3));
  CHECK(first.weights() == second.weights());
  TrainerOptions other = small();
  other.seed = 7;
  Trainer third(task, material, other);
  CHECK(third.predict(material) != first.predict(material));
  REQUIRE(third.set_weights(first.weights()).has_value());
  CHECK(third.predict(material) == first.predict(material));
}

TEST_CASE("Trainer: weights of another shape are refused by the tensor's name") {
  const NetworkTask task = task_named("network.score");
  const Material material = material_for(task, 4);
  Trainer trainer(task, material, small());
  TrainerOptions wider = small();
  wider.shape.width = 12;
  const auto set = trainer.set_weights(Trainer(task, material, wider).weights());
  REQUIRE(!set.has_value());
  CHECK(describe(set.error()).find("network.score.embed") != std::string::npos);
  wider = small();
  wider.shape.block = 8;
  const auto blocks = trainer.set_weights(Trainer(task, material, wider).weights());
  REQUIRE(!blocks.has_value());
  CHECK(describe(blocks.error()).find("block") != std::string::npos);
}

TEST_CASE("Trainer: its tensors are those that the networks of ml are loaded from") {
  const NetworkTask task = task_named("network.score_marks");
  const Material material = material_for(task, 5);
  const ml::Weights weights = Trainer(task, material, small()).weights();
  const auto shape_of = [&](const std::string& name) {
    const ml::Tensor* tensor = weights.find(name);
    REQUIRE_MESSAGE(tensor != nullptr, name);
    return tensor->shape;
  };
  using Shape = std::vector<std::size_t>;
  CHECK(shape_of("network.score_marks.mean") == Shape{kColumns});
  CHECK(shape_of("network.score_marks.embed.weight") == Shape{8, 2 * kColumns});
  CHECK(shape_of("network.score_marks.lstm.weight_ih_l1_reverse") == Shape{32, 16});
  CHECK(shape_of("network.score_marks.attention.in_proj.weight") == Shape{48, 16});
  CHECK(shape_of("network.score_marks.attention_norm.bias") == Shape{16});
  CHECK(shape_of("network.score_marks.head.weight") == Shape{7, 16});
  CHECK(weights.metadata.at("network.score_marks.heads") == "2");
  for (const std::string player : {"velocity", "beat_slowness", "articulation"}) {
    const std::string name = "player." + player + ".score_marks.";
    CHECK(shape_of(name + "past_scale") == Shape{2});
    CHECK(shape_of(name + "lstm.weight_ih_l0") == Shape{32, 16 + 4});
    CHECK(shape_of(name + "head.weight") == Shape{32, 8});
    CHECK(shape_of(name + "range") == Shape{2});
    CHECK(weights.metadata.at(name + "reader") == "network.score_marks");
  }
}

TEST_CASE("Trainer: from weights made smaller it foretells what those foretell") {
  for (const char* name : {"network.score", "network.score_marks"}) {
    CAPTURE(name);
    const NetworkTask task = task_named(name);
    const Material material = material_for(task, 6);
    Trainer first(task, material, small());
    taught(first, material, 20);
    const ml::Weights exact = first.weights();
    const auto wanted = first.predict(material);
    TrainerOptions other = small();
    other.seed = 7;
    for (const ml::Element element : {ml::Element::BF16, ml::Element::I8}) {
      const ml::Weights smaller = ml::quantise(exact, element);
      Trainer second(task, material, other);
      REQUIRE(second.set_weights(smaller).has_value());
      for (const ml::Tensor& tensor : exact.tensors)
        CHECK(*second.weights().values<float>(tensor.name, tensor.shape) ==
              *ml::widened(smaller, tensor.name, tensor.shape));
      const auto found = second.predict(material);
      double squares = 0;
      for (std::size_t i = 0; i < wanted.size(); ++i)
        squares += (found[i] - wanted[i]) * (found[i] - wanted[i]);
      CHECK(std::sqrt(squares / static_cast<double>(wanted.size())) < 1);  // of a deviation of 20
      CHECK(found != wanted);
    }
  }
}

TEST_CASE("Trainer: weights made smaller that lack something are refused by the tensor's name") {
  const NetworkTask task = task_named("network.score");
  const Material material = material_for(task, 4);
  Trainer trainer(task, material, small());
  ml::Weights weights = ml::quantise(trainer.weights(), ml::Element::I8);
  const std::string scale = "network.score.embed.weight.scale";
  for (ml::Tensor& tensor : weights.tensors)
    if (tensor.name == scale)
      tensor = ml::make_tensor<float>(scale, {8}, std::vector<float>(8, std::nanf("")));
  const auto no_numbers = trainer.set_weights(weights);
  REQUIRE(!no_numbers.has_value());
  CHECK(describe(no_numbers.error()).find("network.score.embed.weight") != std::string::npos);
  std::erase_if(weights.tensors, [&](const ml::Tensor& tensor) { return tensor.name == scale; });
  const auto no_scale = trainer.set_weights(weights);
  REQUIRE(!no_scale.has_value());
  CHECK(describe(no_scale.error()).find(scale) != std::string::npos);
}

TEST_CASE("shape_in: the shape that the weights were made with") {
  const std::string name = "network.score_marks";
  const NetworkTask task = task_named(name);
  const TrainerOptions options = small();
  ml::Weights weights =
      ml::quantise(Trainer(task, material_for(task, 7), options).weights(), ml::Element::I8);
  const auto shape = shape_in(weights, task);
  REQUIRE(shape.has_value());
  CHECK(*shape == options.shape);
  const auto refused = [&] { return describe(shape_in(weights, task).error()); };
  weights.metadata[name + ".heads"] = "-2";
  CHECK(refused() == "metadata " + name + ".heads: found -2, but a whole number is needed");
  std::erase_if(weights.tensors,
                [&](const ml::Tensor& t) { return t.name == name + ".embed.weight"; });
  CHECK(refused().find("embed.weight: found nothing") != std::string::npos);
}

TEST_CASE("train_network: time that is up ends it within an epoch, with weights and a checkpoint") {
  REQUIRE(kReady);
  SmallTraining small_training;
  small_training.run();
  const std::int64_t an_epoch = steps_in(small_training.checkpoints.back()) / 2;
  REQUIRE(an_epoch > 10);
  small_training.options.minutes = 1e-9;
  small_training.options.checkpoint_seconds = 1e6;
  const TrainedNetwork trained = small_training.run();
  CHECK(trained.epochs.size() == 1);
  CHECK(trained.best_epoch == 1);
  CHECK(!trained.weights.tensors.empty());
  REQUIRE(small_training.checkpoints.size() == 1);
  const ml::Weights left = small_training.checkpoints.front();
  CHECK(place_in(left, "epoch") == 0);
  CHECK(place_in(left, "step") == 1);
  CHECK(steps_in(left) == 1);

  CHECK(small_training.run(&left).weights == trained.weights);  // as if it was killed just then

  // With more time no step is lost or taken twice, whether it is broken off again or not.
  small_training.options.minutes = 0;
  small_training.options.checkpoint_seconds = 0;
  const TrainedNetwork whole = small_training.run(&left);
  CHECK(whole.epochs.size() == 2);
  CHECK(steps_in(small_training.checkpoints.back()) == 2 * an_epoch);
  small_training.run(&left, 5);
  const ml::Weights broken_off = small_training.checkpoints.back();
  CHECK(place_in(broken_off, "step") > 1);
  CHECK(place_in(broken_off, "step") < an_epoch);
  CHECK(small_training.run(&broken_off).weights == whole.weights);
}

TEST_CASE("find_device: names and back") {
  CHECK(find_device("cuda") == Device::Cuda);
  CHECK(find_device(name_of(Device::Cpu)) == Device::Cpu);
  CHECK(!find_device("tpu").has_value());
}
