// SPDX-License-Identifier: MIT
#include "choosing.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include <fmt/format.h>
#include <toccata/base/file.hpp>
#include <toccata/learn/mixing.hpp>
#include <toccata/ml/quantise.hpp>

namespace toccata::cli {
namespace {

using namespace learn;
using Learner = ExpressionModel::Learner;

/// Pieces that nothing is learned from, in the forms in which a learner is asked.
std::vector<const PreparedPiece*> validation_pieces(const PreparedSet& set, Inputs inputs) {
  auto held = set.of(Form::Page, Split::Validation);
  if (inputs == Inputs::Marks)  // what perform uses
    std::ranges::copy(set.of(Form::Midi, Split::Validation), std::back_inserter(held));
  return held;
}

/// What a model says of pieces, beside what was heard at the level that it has learned from.
Foretold foretell_held(const PreparedSet& set, const ExpressionModel& model,
                       const ExpressionTask& task, std::span<const PreparedPiece* const> pieces) {
  Foretold foretold = foretell(model, task, pieces);
  if (task.target == toccata::Target::NoteVelocity) bring_to(level_of(set), foretold.rows);
  return foretold;
}

double squared_errors(const Foretold& foretold) {
  double squares = 0;
  for (std::size_t row = 0; row < foretold.predicted.size(); ++row) {
    const double error = foretold.rows.targets[row] - foretold.predicted[row];
    squares += error * error;
  }
  return squares;
}

/// Whether a tensor or an entry of the metadata belongs to a network.
bool is_of_network(std::string_view name) {
  return name.starts_with("network.") || name.starts_with("player.");
}

/// Of float32; other kinds hold nothing else or are refused later.
bool is_finite(const ml::Tensor& tensor) {
  if (tensor.element != ml::Element::F32) return true;
  for (std::size_t at = 0; at + sizeof(float) <= tensor.bytes.size(); at += sizeof(float)) {
    float value = 0;
    std::memcpy(&value, tensor.bytes.data() + at, sizeof value);
    if (!std::isfinite(value)) return false;
  }
  return true;
}

bool has_network(const ExpressionModel& model, const ExpressionTask& task) {
  if (task.inputs == Inputs::History) return model.player_told(task.target) != nullptr;
  return model.reader(task.inputs) != nullptr &&
         std::ranges::count(reader_targets(task.inputs), task.target) > 0;
}

}  // namespace

Level level_of(const PreparedSet& set) { return set.made_scores ? Level::Usual : Level::AsPlayed; }

Outcome<ml::Weights> read_networks(const std::string& file) {
  auto bytes = read_file(file);
  if (!bytes) return cannot(describe(bytes.error()));
  auto weights = ml::read_weights(*std::move(bytes));
  if (!weights) return cannot(fmt::format("{}: {}", file, describe(weights.error())));
  std::erase_if(weights->tensors,
                [](const ml::Tensor& tensor) { return !is_of_network(tensor.name); });
  std::erase_if(weights->metadata, [](const auto& entry) { return !is_of_network(entry.first); });
  if (weights->tensors.empty()) return cannot(file + ": holds no network");
  for (const ml::Tensor& tensor : weights->tensors)
    if (!is_finite(tensor))
      return cannot(
          fmt::format("{}: tensor {} holds a number that is not finite", file, tensor.name));
  return ml::quantise(*weights, ml::Element::I8);
}

Outcome<void> choose_trees(RunFolder& folder, const PreparedSet& set,
                           std::span<const ExpressionTask> tasks, ExpressionModel& model) {
  for (const ExpressionTask& task : tasks) {
    if (task.learner != Learner::Baseline) continue;
    const auto held = validation_pieces(set, task.inputs);
    const ExpressionTask own{Learner::Model, task.target, task.inputs};
    const bool is_better = squared_errors(foretell_held(set, model, task, held)) <
                           squared_errors(foretell_held(set, model, own, held));
    TOCCATA_CHECK(folder.log(Json::Object{
        {"event", "chosen"},
        {"target", std::string(name_of(task.target)) + "." + std::string(name_of(task.inputs))},
        {"learner", is_better ? "baseline" : "model"}}));
    if (!is_better) continue;
    const ml::Trees* plain = model.find(Learner::Baseline, task.target, task.inputs);
    model.put(Learner::Model, task.target, task.inputs, ml::Trees(*plain));
  }
  return {};
}

Outcome<void> mix_in_networks(RunFolder& folder, const PreparedSet& set,
                              std::span<const ExpressionTask> tasks, const ml::Weights& networks,
                              ExpressionModel& model) {
  if (const auto added = model.add_networks(networks); !added)
    return cannot("--networks: " + describe(added.error()));
  for (const ExpressionTask& task : tasks) {
    if (task.learner != Learner::Model || !has_network(model, task)) continue;
    const auto held = validation_pieces(set, task.inputs);
    const auto with_share = [&](double share) {
      model.set_network_share(task.target, task.inputs, share);
      return foretell_held(set, model, task, held);
    };
    const Foretold trees = with_share(0), network = with_share(1);
    const double share = mixing_share(trees, network);
    model.set_network_share(task.target, task.inputs, share);
    TOCCATA_CHECK(folder.log(Json::Object{
        {"event", "mixed"},
        {"learner", name_of(task)},
        {"network_share", share},
        {"validation_rmse_trees",
         std::sqrt(squared_errors(trees) / static_cast<double>(trees.predicted.size()))},
        {"validation_rmse_network",
         std::sqrt(squared_errors(network) / static_cast<double>(trees.predicted.size()))}}));
  }
  return {};
}

void measure_spreads(const PreparedSet& set, ExpressionModel& model) {
  const auto held = set.of(Form::Page, Split::Validation);
  for (std::size_t i = 0; i < kTargets; ++i) {
    const ExpressionTask task{Learner::Model, static_cast<toccata::Target>(i), Inputs::Marks};
    const Foretold foretold = foretell_held(set, model, task, held);
    if (!foretold.predicted.empty())
      model.set_spread(task.target, spread_of(foretold.rows, foretold.predicted));
  }
}

}  // namespace toccata::cli
