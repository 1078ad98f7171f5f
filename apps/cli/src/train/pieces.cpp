// SPDX-License-Identifier: MIT
// The protocol `pieces`: split by composition, notes in the context of their piece.
#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toccata/learn/prepared.hpp>
#include <toccata/version.hpp>

#include "aligned_data.hpp"
#include "charts.hpp"
#include "evaluate/expression.hpp"
#include "progress.hpp"
#include "protocol.hpp"
#include "run_folder.hpp"
#include "say.hpp"

namespace toccata::cli {
namespace {

using namespace learn;
using Clock = std::chrono::steady_clock;

constexpr std::uint64_t kUsualSeed = 42;
constexpr const char* kConfig = "config.json";

/// What changes what is learned.
struct PiecesConfig {
  std::string data;
  std::uint64_t seed = kUsualSeed;
  std::optional<std::int64_t> max_files;  ///< scores drawn from the data; all without
};

Json to_json(const PiecesConfig& config) {
  Json json;
  json.add("protocol", "pieces");
  json.add("data", config.data);
  json.add("seed", config.seed);
  json.add("max_files", config.max_files ? Json(*config.max_files) : Json());
  return json;
}

Outcome<void> check_request(const TrainRequest& request) {
  if (request.sample)
    return wrong_call("--sample: it draws notes for --protocol notewise; pieces learns from all");
  if (request.from) return cannot("--from: trees cannot be gone on with; allowed is a new run");
  return {};
}

/// An option that was given must be the run's own.
template <class T>
Outcome<void> check_same(const char* option, const std::optional<T>& asked, const Json& own) {
  if (!asked || Json(*asked) == own) return {};
  return wrong_call(fmt::format("{} {}: the run was begun with {}; --resume goes on with the same",
                                option, to_text(Json(*asked), JsonLayout::Compact),
                                to_text(own, JsonLayout::Compact)));
}

/// The run's own options where one is gone on with, else those asked for.
Outcome<PiecesConfig> config_for(const RunFolder& folder, const TrainRequest& request) {
  if (!folder.has(kConfig)) {
    if (!request.data) return wrong_call("train expression: --data DIR_OR_ZIP is missing");
    return PiecesConfig{*request.data, request.seed.value_or(kUsualSeed), request.max_files};
  }
  TOCCATA_TRY(const Json found, folder.read_json(kConfig));
  const auto member = [&](const char* name) {
    const Json* value = found.find(name);
    return value == nullptr ? Json() : *value;
  };
  const Json protocol = member("protocol"), data = member("data"), seed = member("seed");
  if (protocol != Json("pieces") || data.text() == nullptr || seed.integer() == nullptr)
    return cannot(
        fmt::format("{}: holds a run of another protocol", (folder.path() / kConfig).string()));
  TOCCATA_CHECK(check_same("--data", request.data, data));
  TOCCATA_CHECK(check_same("--seed", request.seed, seed));
  TOCCATA_CHECK(check_same("--max-files", request.max_files, member("max_files")));
  PiecesConfig config{*data.text(), static_cast<std::uint64_t>(*seed.integer()), {}};
  const Json files = member("max_files");
  if (files.integer() != nullptr) config.max_files = *files.integer();
  return config;
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
};

Json importances_of(const ExpressionTask& task, const FittedLearner& fitted) {
  const auto columns = columns_of(task.target, task.inputs);
  Json json{Json::Object{}};
  for (std::size_t i = 0; i < columns.size(); ++i)
    if (fitted.importances[i] >= 0.001) json.add(columns[i], fitted.importances[i]);
  return json;
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
  auto fitted =
      fit_expression(task, training_pieces(training.set, task),
                     training.set.of(Form::Page, Split::Validation), {}, Rng(training.config.seed));
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

double validation_error(const ExpressionRows& rows, const ml::Trees& trees) {
  const auto predicted = trees.predict(rows.table.view(), 2);
  double squares = 0;
  for (std::size_t row = 0; row < rows.targets.size(); ++row) {
    const double error = rows.targets[row] - predicted[row];
    squares += error * error;
  }
  return squares;
}

/// Where plain boosting foretells the validation pieces better than what was made for it, the model
/// takes it.
Outcome<void> choose(Training& training) {
  using Learner = ExpressionModel::Learner;
  for (const ExpressionTask& task : expression_tasks()) {
    if (task.learner != Learner::Baseline) continue;
    auto held = training.set.of(Form::Page, Split::Validation);
    if (task.inputs == Inputs::Marks)  // what perform uses, on either form
      std::ranges::copy(training.set.of(Form::Midi, Split::Validation), std::back_inserter(held));
    const ExpressionRows rows = expression_rows(held, task.target, task.inputs);
    const ml::Trees* own = training.model.find(Learner::Model, task.target, task.inputs);
    const ml::Trees* plain = training.model.find(Learner::Baseline, task.target, task.inputs);
    const bool is_better = validation_error(rows, *plain) < validation_error(rows, *own);
    TOCCATA_CHECK(training.folder.log(Json::Object{
        {"event", "chosen"},
        {"target", std::string(name_of(task.target)) + "." + std::string(name_of(task.inputs))},
        {"learner", is_better ? "baseline" : "model"}}));
    if (is_better) training.model.put(Learner::Model, task.target, task.inputs, ml::Trees(*plain));
  }
  return {};
}

/// How players differ from what is expected, on pieces that nothing was learned from.
void measure_spreads(const PreparedSet& set, ExpressionModel& model) {
  const auto held = set.of(Form::Page, Split::Validation);
  for (std::size_t i = 0; i < kTargets; ++i) {
    const auto target = static_cast<toccata::Target>(i);
    const ml::Trees* trees = model.find(ExpressionModel::Learner::Model, target, Inputs::Marks);
    if (trees == nullptr) continue;
    const ExpressionRows rows = expression_rows(held, target, Inputs::Marks);
    model.set_spread(target, spread_of(rows, trees->predict(rows.table.view(), 2)));
  }
}

ml::Weights weights_of(const Training& training) {
  ml::Weights weights;
  training.model.save(weights);
  weights.metadata["name"] = training.data_name + "-pieces";
  weights.metadata["version"] = std::string(version());
  weights.metadata["architecture"] = "gradient-boosted regression trees";
  weights.metadata["protocol"] = "pieces";
  weights.metadata["data"] = training.data_name;
  weights.metadata["licence"] = training.licence;
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
      if (row.task.target != target) continue;
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
  for (const ExpressionTask& task : expression_tasks()) training.folder.remove(file_of(task));
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
  TOCCATA_TRY(const PiecesConfig config, config_for(*folder, request));
  if (folder->has("model.json")) return say(folder->path().string() + ": this run is complete\n");
  std::optional<ProgressBar> bar(std::in_place);
  TOCCATA_TRY(const PreparedSet set,
              read_aligned_data({config.data, config.max_files, config.seed}, *bar));
  if (set.of(Form::Page, Split::Train).empty() || set.of(Form::Page, Split::Validation).empty())
    return cannot(config.data +
                  ": pieces to train on and to validate on are needed, as "
                  "data/asap_split.csv divides them");
  TOCCATA_CHECK(folder->write(kConfig, to_text(to_json(config)) + "\n"));
  TOCCATA_CHECK(log_faults(*folder, set));
  ExpressionModel model;
  Training training{*folder,
                    config,
                    set,
                    std::filesystem::path(config.data).filename().string(),
                    licence_of(config.data),
                    model};
  const auto tasks = expression_tasks();
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    bar->report(0.1 + 0.9 * static_cast<double>(i) / static_cast<double>(tasks.size()),
                name_of(tasks[i]));
    TOCCATA_CHECK(learn_one(training, tasks[i]));
  }
  bar.reset();
  TOCCATA_CHECK(choose(training));
  measure_spreads(set, model);
  return write_results(training);
}

}  // namespace toccata::cli
