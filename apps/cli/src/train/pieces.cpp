// SPDX-License-Identifier: MIT
// The protocol `pieces`: split by composition, notes in the context of their piece.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toccata/learn/prepared.hpp>
#include <toccata/learn/target_series.hpp>
#include <toccata/version.hpp>

#include "aligned_data.hpp"
#include "charts.hpp"
#include "choosing.hpp"
#include "evaluate/drums.hpp"
#include "pieces_config.hpp"
#include "progress.hpp"
#include "protocol.hpp"
#include "run_folder.hpp"
#include "say.hpp"

namespace toccata::cli {
namespace {

using namespace learn;
using Clock = std::chrono::steady_clock;

Outcome<void> check_request(const TrainRequest& request) {
  if (request.sample)
    return wrong_call("--sample: it draws notes for --protocol notewise; pieces learns from all");
  if (request.from)
    return cannot("--from: trees cannot be gone on with, networks can: --learner network");
  return {};
}

std::string file_of(const ExpressionTask& task) { return name_of(task) + ".safetensors"; }

/// A run under way.
struct Training {
  RunFolder& folder;
  const PiecesConfig& config;
  const PreparedSet& set;
  std::string data_name;  ///< the folder's or archive's
  std::string licence;    ///< of the data, as it says itself
  ExpressionModel& model;
  std::vector<ExpressionTask> tasks;
  ml::Weights networks;  ///< none without --networks
};

Json importances_of(const ExpressionTask& task, const FittedLearner& fitted) {
  const auto columns = columns_of(task.target, task.inputs);
  Json json{Json::Object{}};
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (fitted.importances[i] >= 0.001) json.add(columns[i], fitted.importances[i]);
  return json;
}

/// Whether some piece of a side has a target: no lags are where there are no chords.
bool is_there(const PreparedSet& set, toccata::Target target, Split side) {
  const auto pieces = set.of(Form::Page, side);
  return std::ranges::any_of(pieces, [&](const PreparedPiece* prepared) {
    const AlignedPiece& piece = prepared->piece;
    return std::ranges::any_of(piece.performances, [&](const AlignedPerformance& played) {
      const auto values = target_series(*piece.order, played, target).values;
      return std::ranges::any_of(values, [](float value) { return !std::isnan(value); });
    });
  });
}

/// What can be learned from a set. Learners that are left out are told of in the log.
Outcome<std::vector<ExpressionTask>> tasks_of(const PreparedSet& set, RunFolder& folder) {
  auto tasks = set.made_scores ? made_score_tasks() : expression_tasks();
  for (auto task = tasks.begin(); task != tasks.end();) {
    if (is_there(set, task->target, Split::Train) &&
        is_there(set, task->target, Split::Validation)) {
      ++task;
      continue;
    }
    TOCCATA_CHECK(folder.log(Json::Object{
        {"event", "left_out"},
        {"learner", name_of(*task)},
        {"because", "no piece to train on, or none to validate on, has what it foretells"}}));
    task = tasks.erase(task);
  }
  return tasks;
}

/// What a learner is trained on: where perform uses it, scores as they come in MIDI too.
std::vector<const PreparedPiece*> training_pieces(const PreparedSet& set,
                                                  const ExpressionTask& task) {
  auto pieces = set.of(Form::Page, Split::Train);
  if (task.learner == ExpressionModel::Learner::Model && task.inputs == Inputs::Marks)
    std::ranges::copy(set.of(Form::Midi, Split::Train), std::back_inserter(pieces));
  return pieces;
}

std::string columns_text(const ExpressionTask& task) {
  return fmt::format("{}", fmt::join(columns_of(task.target, task.inputs), ","));
}

Outcome<void> fit_one(Training& training, const ExpressionTask& task) {
  const auto begun = Clock::now();
  auto fitted = fit_expression(task, training_pieces(training.set, task),
                               training.set.of(Form::Page, Split::Validation),
                               {.level = level_of(training.set)}, Rng(training.config.seed));
  if (!fitted) return cannot(name_of(task) + ": " + describe(fitted.error()));
  ml::Weights weights;
  fitted->trees.save(weights, "");
  weights.metadata["columns"] = columns_text(task);
  TOCCATA_CHECK(training.folder.write(file_of(task), weights));
  const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  const auto& rmse = fitted->validation_rmse;
  return training.folder.log(Json::Object{
      {"event", "fit"},
      {"learner", name_of(task)},
      {"seconds", seconds},
      {"rows", static_cast<std::int64_t>(fitted->rows)},
      {"trees", static_cast<std::int64_t>(fitted->trees.trees())},
      {"validation_rmse", rmse.empty() ? Json() : Json(*std::ranges::min_element(rmse))},
      {"importances", importances_of(task, *fitted)}});
}

/// Trains a learner, or takes it from the folder where a broken-off run has left it.
Outcome<void> learn_one(Training& training, const ExpressionTask& task) {
  const std::string file = file_of(task);
  if (!training.folder.has(file)) TOCCATA_CHECK(fit_one(training, task));
  TOCCATA_TRY(const ml::Weights weights, training.folder.read_weights(file));
  const auto columns = weights.metadata.find("columns");
  if (columns == weights.metadata.end() || columns->second != columns_text(task))
    return cannot((training.folder.path() / file).string() +
                  ": was trained by a version that computes other columns; begin the run anew");
  auto trees = ml::Trees::load(weights, "");
  if (!trees) return cannot(fmt::format("{}: {}", file, describe(trees.error())));
  training.model.put(task.learner, task.target, task.inputs, *std::move(trees));
  return {};
}

ml::Weights weights_of(const Training& training) {
  ml::Weights weights;
  training.model.save(weights);
  weights.metadata["name"] = training.data_name + "-pieces";
  weights.metadata["version"] = std::string(version());
  weights.metadata["architecture"] =
      training.networks.tensors.empty()
          ? "gradient-boosted regression trees"
          : "gradient-boosted regression trees and recurrent networks";
  for (const auto& [key, value] : training.networks.metadata) weights.metadata.emplace(key, value);
  std::ranges::copy(training.networks.tensors, std::back_inserter(weights.tensors));
  weights.metadata["protocol"] = "pieces";
  weights.metadata["data"] = training.data_name;
  std::string& licence = weights.metadata["licence"];  // so far that of the networks, if any
  if (licence.empty() || licence == training.licence) licence = training.licence;
  else licence = training.licence + "; networks: " + licence;
  if (training.set.made_scores) weights.metadata["level"] = "usual";
  weights.metadata["seed"] = std::to_string(training.config.seed);
  return weights;
}

std::string report_of(const Training& training, std::span<const ExpressionRow> rows) {
  std::string text = fmt::format(
      "# Expression, split by composition\n\nData {}, seed {}. {} pieces to learn from, {} to "
      "validate on, {} to test on; {} performances in all, at most {} of a piece where each is a "
      "row. Figures are of the test pieces, which nothing was chosen by.\n\n",
      training.config.data, training.config.seed, training.set.of(Form::Page, Split::Train).size(),
      training.set.of(Form::Page, Split::Validation).size(),
      training.set.of(Form::Page, Split::Test).size(), training.set.performances(),
      ExpressionFitOptions{}.most_performances);
  text += to_text(rows);
  for (const DataError& fault : training.set.faults)
    text += fmt::format("\nnot read: {}", describe(fault));
  return text + "\n";
}

/// The test figures as bars, a panel a target.
std::string picture_of(std::span<const ExpressionRow> rows) {
  Figure figure("R2 on pieces that were not learned from");
  for (std::size_t i = 0; i < kTargets; ++i) {
    const auto target = static_cast<toccata::Target>(i);
    BarPanel panel{std::string(name_of(target)), {}, {{"model", {}}, {"baseline", {}}}};
    for (const ExpressionRow& row : rows) {
      if (row.task.target != target || row.by != By::Learner) continue;
      const std::string label = inputs_of(row);
      if (panel.labels.empty() || panel.labels.back() != label) {
        panel.labels.push_back(label);
        for (auto& series : panel.series) series.values.push_back(0);
      }
      const bool is_model = row.task.learner == ExpressionModel::Learner::Model;
      panel.series[is_model ? 0 : 1].values.back() = row.figures.r2;
    }
    if (!panel.labels.empty()) figure.add(panel);
  }
  return figure.svg();
}

Outcome<void> write_results(const Training& training) {
  const auto rows =
      expression_figures(training.model, training.set, Split::Test, training.config.seed);
  Json json = to_json(training.config);
  json.add("targets", to_json(std::span<const ExpressionRow>(rows)));
  TOCCATA_CHECK(training.folder.write("model.safetensors", weights_of(training)));
  TOCCATA_CHECK(training.folder.write("report.svg", picture_of(rows)));
  const std::string report = report_of(training, rows);
  TOCCATA_CHECK(training.folder.write("report.md", report));
  TOCCATA_CHECK(training.folder.write("model.json", to_text(json) + "\n"));
  TOCCATA_CHECK(training.folder.log(Json::Object{{"event", "done"}}));
  for (const ExpressionTask& task : training.tasks) training.folder.remove(file_of(task));
  return say(report);
}

Outcome<void> log_faults(RunFolder& folder, const PreparedSet& set) {
  TOCCATA_CHECK(
      folder.log(Json::Object{{"event", "read"},
                              {"pieces", static_cast<std::int64_t>(set.pieces.size())},
                              {"performances", static_cast<std::int64_t>(set.performances())},
                              {"broken", static_cast<std::int64_t>(set.faults.size())}}));
  for (const DataError& fault : set.faults)
    TOCCATA_CHECK(folder.log(Json::Object{{"event", "broken"}, {"file", describe(fault)}}));
  return {};
}

}  // namespace

Outcome<void> train_pieces(const TrainRequest& request) {
  TOCCATA_CHECK(check_request(request));
  TOCCATA_TRY(const auto folder,
              RunFolder::open(request.folder,
                              request.resume ? RunFolder::Begin::Resumed : RunFolder::Begin::Anew));
  TOCCATA_TRY(const PiecesConfig config, pieces_config(*folder, request));
  if (folder->has("model.json")) return say(folder->path().string() + ": this run is complete\n");
  if (holds_drums(config.data)) return train_drums(*folder, config);
  std::optional<ProgressBar> bar(std::in_place);
  TOCCATA_TRY(const PreparedSet set,
              read_aligned_data({config.data, config.max_files, config.seed}, *bar));
  if (set.of(Form::Page, Split::Train).empty() || set.of(Form::Page, Split::Validation).empty())
    return cannot(config.data +
                  ": pieces to train on and to validate on are needed, as "
                  "data/asap_split.csv and data/pop909_split.csv divide them");
  TOCCATA_CHECK(folder->write(kPiecesConfig, to_text(to_json(config)) + "\n"));
  TOCCATA_CHECK(log_faults(*folder, set));
  TOCCATA_TRY(auto there, tasks_of(set, *folder));
  ExpressionModel model;
  Training training{*folder,
                    config,
                    set,
                    std::filesystem::path(config.data).filename().string(),
                    licence_of(config.data),
                    model,
                    std::move(there),
                    {}};
  if (config.networks) {
    TOCCATA_TRY(training.networks, read_networks(*config.networks));
  }
  const auto& tasks = training.tasks;
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    bar->report(0.1 + 0.9 * static_cast<double>(i) / static_cast<double>(tasks.size()),
                name_of(tasks[i]));
    TOCCATA_CHECK(learn_one(training, tasks[i]));
  }
  bar.reset();
  TOCCATA_CHECK(choose_trees(*folder, set, tasks, model));
  if (config.networks)
    TOCCATA_CHECK(mix_in_networks(*folder, set, tasks, training.networks, model));
  measure_spreads(set, model);
  return write_results(training);
}

}  // namespace toccata::cli
