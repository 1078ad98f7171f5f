// SPDX-License-Identifier: MIT
#include <toccata/learn/expression_fit.hpp>

#include <map>

#include <fmt/format.h>

namespace toccata::learn {
namespace {

using Learner = ExpressionModel::Learner;

/// Of a few hundred thousand beats and chords: from the page alone the least, as their times are
/// mostly chance; with the past the most, as the longest waits, which hold a third of the variance,
/// are few and come again.
void set_size(const ExpressionTask& task, BoostingOptions& options) {
  const bool is_told = task.inputs == Inputs::History;
  options.trees = is_told ? 300 : 150;
  options.leaves = is_told ? 128 : 24;
  options.leaf_rows = is_told ? 20 : 100;
  options.learning_rate = is_told ? 0.04 : 0.06;
  options.feature_share = is_told ? 0.5 : 0.3;
}

BoostingOptions options_of(const ExpressionTask& task) {
  BoostingOptions options;
  if (task.learner == Learner::Baseline) return options;
  options.trees = 300;
  options.leaves = 64;
  options.depth = 24;
  options.learning_rate = 0.1;
  options.leaf_rows = 100;
  options.l2 = 1;
  options.row_share = 0.5;
  options.feature_share = 0.3;
  if (elements_of(task.target) != Elements::Notes) set_size(task, options);
  options.patience = options.trees;  // a few pieces say little of where to stop: none stops early
  return options;
}

/// A byte a code: with neighbours and windows there are many columns.
constexpr std::size_t kBins = 255;

}  // namespace

std::vector<ExpressionTask> expression_tasks() {
  std::vector<ExpressionTask> tasks;
  for (const Learner learner : {Learner::Model, Learner::Baseline}) {
    for (const Inputs inputs : {Inputs::Score, Inputs::Marks, Inputs::Timing, Inputs::History})
      tasks.push_back({learner, Target::NoteVelocity, inputs});
    for (const Target target : {Target::BeatSlowness, Target::ChordSlowness, Target::Articulation})
      for (const Inputs inputs : {Inputs::Marks, Inputs::History})
        tasks.push_back({learner, target, inputs});
  }
  for (const Target target : {Target::Lag, Target::PedalDown, Target::PedalChange})
    tasks.push_back({Learner::Model, target, Inputs::Marks});
  return tasks;
}

std::vector<ExpressionTask> made_score_tasks() {
  return {{Learner::Model, Target::NoteVelocity, Inputs::Marks},
          {Learner::Baseline, Target::NoteVelocity, Inputs::Marks},
          {Learner::Model, Target::PedalDown, Inputs::Marks},
          {Learner::Model, Target::PedalChange, Inputs::Marks}};
}

std::string name_of(const ExpressionTask& task) {
  return fmt::format("{}.{}.{}", task.learner == Learner::Model ? "model" : "baseline",
                     toccata::name_of(task.target), toccata::name_of(task.inputs));
}

void bring_to(Level level, HeardRows& rows) {
  if (level == Level::AsPlayed) return;
  struct Mean {
    double sum = 0, count = 0;
  };
  std::map<std::uint32_t, Mean> means;
  for (std::size_t row = 0; row < rows.targets.size(); ++row) {
    Mean& mean = means[rows.performance[row]];
    mean.sum += rows.targets[row];
    mean.count += 1;
  }
  for (std::size_t row = 0; row < rows.targets.size(); ++row) {
    const Mean& mean = means[rows.performance[row]];
    rows.targets[row] = static_cast<float>(rows.targets[row] + kUsualLevel - mean.sum / mean.count);
  }
}

Result<FittedLearner, FitError> fit_expression(const ExpressionTask& task,
                                               std::span<const PreparedPiece* const> training,
                                               std::span<const PreparedPiece* const> validation,
                                               const ExpressionFitOptions& options, const Rng& rng,
                                               const Running& running) {
  const bool is_model = task.learner == Learner::Model;
  const bool is_written = task.inputs == Inputs::Score || task.inputs == Inputs::Marks;
  RowOptions rows_taken;
  if (is_model && is_written) rows_taken.players = Players::Mean;
  else rows_taken.most_performances = options.most_performances;
  ExpressionRows rows = expression_rows(training, task.target, task.inputs, rows_taken);
  const Level level = task.target == Target::NoteVelocity ? options.level : Level::AsPlayed;
  bring_to(level, rows);
  TOCCATA_TRY(const BinnedTable binned, BinnedTable::make(rows.table, kBins, running.threads));
  rows.table = Table();  // the codes say all that is needed
  const Rng own = rng.fork(name_of(task));
  if (!is_model) {
    TOCCATA_TRY(BoostedTrees fitted,
                fit_boosting(binned, rows.targets, options_of(task), own, {}, running));
    return FittedLearner{
        std::move(fitted.model), std::move(fitted.importances), {}, rows.targets.size()};
  }
  ExpressionRows held = expression_rows(validation, task.target, task.inputs);
  bring_to(level, held);
  TOCCATA_TRY(BoostedTrees fitted, fit_boosting(binned, rows.targets, options_of(task), own,
                                                Validation{held.table, held.targets}, running));
  return FittedLearner{std::move(fitted.model), std::move(fitted.importances),
                       std::move(fitted.validation_rmse), rows.targets.size()};
}

}  // namespace toccata::learn
