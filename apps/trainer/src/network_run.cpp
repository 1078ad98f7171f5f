// SPDX-License-Identifier: MIT
#include "network_run.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include <fmt/format.h>

#include <toccata/train_torch/older_past.hpp>

#include "network_report.hpp"
#include "say.hpp"

namespace toccata::cli {
namespace {

using namespace learn;
using train_torch::EpochReport;
using train_torch::TrainedNetwork;

/// A run under way.
struct Training {
  RunFolder& folder;
  const NetworkRun& run;
  const PiecePack& pack;
  Sides pages;
  std::optional<NamedWeights> from;

  Outcome<train_torch::TrainingOptions> options(const NetworkTask& task) const {
    return options_of(run, task, from ? &from->weights : nullptr);
  }
};

std::string checkpoint_of(const NetworkTask& task) { return name_of(task) + ".checkpoint"; }
std::string weights_file_of(const NetworkTask& task) { return name_of(task) + ".safetensors"; }
std::string curve_file_of(const NetworkTask& task) { return name_of(task) + ".json"; }

/// With marks it learns from the same scores as they come in MIDI too, since perform does.
std::vector<const PreparedPiece*> training_pieces(const Training& training,
                                                  const NetworkTask& task) {
  auto pieces = training.pages.training;
  if (task.inputs != Inputs::Marks) return pieces;
  if (const auto midi = sides_of(training.pack.set, Form::Midi); midi)
    pieces.insert(pieces.end(), midi->training.begin(), midi->training.end());
  return pieces;
}

std::string time_left(double done, double seconds) {
  if (done <= 0) return "";
  const auto left = static_cast<std::int64_t>(seconds * (1 - done) / done);
  return fmt::format(", {}:{:02} left", left / 60, left % 60);
}

/// What the trainer tells: to the terminal, to the log and into the folder.
train_torch::TrainingEvents events_of(Training& training, const NetworkTask& task, ProgressBar& bar,
                                      Outcome<void>& kept) {
  const auto begun = std::chrono::steady_clock::now();
  auto first = std::make_shared<double>(-1);
  train_torch::TrainingEvents events;
  events.progress = [&bar, name = name_of(task), begun, first](double done, double loss,
                                                               double rate) {
    if (*first < 0) *first = done;  // a run that went on has done a part before
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
    bar.report(done, fmt::format("{}, loss {:.4f}, {:.0f} notes/s{}", name, loss, rate,
                                 time_left((done - *first) / (1 - *first), seconds.count())));
  };
  events.epoch = [&training, &kept, name = name_of(task), begun](const EpochReport& report) {
    Json r2 = Json::Array{};
    for (const double value : report.r2) r2.push(value);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begun;
    auto logged =
        training.folder.log(Json::Object{{"event", "epoch"},
                                         {"network", name},
                                         {"epoch", static_cast<std::int64_t>(report.epoch)},
                                         {"loss", report.loss},
                                         {"validation", report.validation},
                                         {"r2", std::move(r2)},
                                         {"seconds", seconds.count()}});
    if (kept && !logged) kept = std::move(logged);
  };
  events.checkpoint = [&training, &kept, file = checkpoint_of(task)](const ml::Weights& state) {
    if (kept) kept = training.folder.write(file, state);
    return kept.has_value();
  };
  return events;
}

Outcome<void> fit(Training& training, const NetworkTask& task) {
  ProgressBar bar;
  std::optional<ml::Weights> checkpoint;
  if (training.folder.has(checkpoint_of(task))) {
    TOCCATA_TRY(checkpoint, training.folder.read_weights(checkpoint_of(task)));
  }
  train_torch::Begin begin;
  if (training.from) begin.from = &training.from->weights;
  if (checkpoint) begin.checkpoint = &*checkpoint;
  Outcome<void> kept;
  Running running;
  running.threads = training.run.threads;
  TOCCATA_TRY(const auto options, training.options(task));
  const auto trained =
      train_torch::train_network(task, training_pieces(training, task), training.pages.validation,
                                 options, begin, events_of(training, task, bar, kept), running);
  TOCCATA_CHECK(kept);
  if (!trained)
    return cannot(fmt::format("{}: {}",
                              training.from && !checkpoint
                                  ? "--from " + *training.run.from
                                  : (training.folder.path() / checkpoint_of(task)).string(),
                              describe(trained.error())));
  NetworkResult result{task, options.trainer.shape, *trained, {}};
  TOCCATA_CHECK(training.folder.write(curve_file_of(task), to_text(to_json(result)) + "\n"));
  TOCCATA_CHECK(training.folder.write(weights_file_of(task), trained->weights));
  training.folder.remove(checkpoint_of(task));
  return training.folder.log(Json::Object{
      {"event", "trained"}, {"network", name_of(task)}, {"seconds", trained->seconds}});
}

/// What a network that is done has left in the folder.
Outcome<TrainedNetwork> read_trained(const RunFolder& folder, const NetworkTask& task) {
  TrainedNetwork trained;
  TOCCATA_TRY(trained.weights, folder.read_weights(weights_file_of(task)));
  TOCCATA_TRY(const Json curve, folder.read_json(curve_file_of(task)));
  const auto number_in = [](const Json& json, const char* name) {
    const Json* value = json.find(name);
    return value == nullptr ? 0.0 : value->number().value_or(0);
  };
  trained.best_epoch = static_cast<std::size_t>(number_in(curve, "best_epoch"));
  trained.seconds = number_in(curve, "seconds");
  if (const Json* epochs = curve.find("epochs"); epochs != nullptr && epochs->array() != nullptr)
    for (const Json& entry : *epochs->array())
      trained.epochs.push_back({trained.epochs.size() + 1,
                                number_in(entry, "loss"),
                                number_in(entry, "validation"),
                                {}});
  return trained;
}

/// Figures of all targets on all performances of one side.
Outcome<void> add_figures(Training& training, Form form, Split side, NetworkResult& result) {
  TOCCATA_TRY(const Sides sides, sides_of(training.pack.set, form));
  const auto& pieces = side == Split::Test ? sides.test : sides.validation;
  if (pieces.empty()) return {};
  constexpr std::size_t kAll = 100'000;
  Running running;
  running.threads = training.run.threads;
  const Material material = gather_material(pieces, result.task, kAll, Rng(1), running);
  TOCCATA_TRY(const auto options, training.options(result.task));
  train_torch::Trainer trainer(result.task, material, options.trainer);
  if (const auto set = trainer.set_weights(result.trained.weights); !set)
    return cannot(describe(set.error()));
  const auto predicted = trainer.predict(material);
  for (std::size_t output = 0; output < material.outputs(); ++output) {
    const PredictedRows rows = predicted_rows(material, output, predicted);
    if (rows.predicted.empty()) continue;
    const auto target = result.task.targets[material.target_of(output)];
    const std::string name =
        output < material.targets ? name_of(result.task) : player_name(result.task, target);
    result.figures.push_back({name, target, form, side,
                              figures_of(rows.rows, rows.predicted, Rng(1)),
                              spread_of(rows.rows, rows.predicted)});
  }
  return {};
}

Outcome<NetworkResult> learn_one(Training& training, const NetworkTask& task) {
  if (!training.folder.has(weights_file_of(task))) TOCCATA_CHECK(fit(training, task));
  TOCCATA_TRY(TrainedNetwork trained, read_trained(training.folder, task));
  TOCCATA_TRY(const auto options, training.options(task));
  NetworkResult result{task, options.trainer.shape, std::move(trained), {}};
  for (const Split side : {Split::Validation, Split::Test}) {
    TOCCATA_CHECK(add_figures(training, Form::Page, side, result));
    if (task.inputs == Inputs::Marks)
      TOCCATA_CHECK(add_figures(training, Form::Midi, side, result));
  }
  return result;
}

Outcome<void> write_results(Training& training, std::span<const NetworkResult> results) {
  const auto& [folder, run, pack, pages, from] = training;
  Json json = to_json(run), networks = Json::Array{};
  for (const NetworkResult& result : results) networks.push(to_json(result));
  json.add("networks_trained", std::move(networks));
  const std::string report = report_of(run, pack.from, pages, results);
  const NetworkOrigin origin{pack.from, from};
  TOCCATA_CHECK(folder.write("model.safetensors", weights_of(run, origin, results)));
  TOCCATA_CHECK(folder.write("report.svg", curves_of(results)));
  TOCCATA_CHECK(folder.write("report.md", report));
  TOCCATA_CHECK(folder.write("card.md", card_of(run, origin, results)));
  TOCCATA_CHECK(folder.write("model.json", to_text(json) + "\n"));
  TOCCATA_CHECK(folder.log(Json::Object{{"event", "done"}}));
  for (const NetworkResult& result : results) {
    folder.remove(weights_file_of(result.task));
    folder.remove(curve_file_of(result.task));
  }
  return say(report);
}

/// What a run goes on from, which holds each of its networks.
Outcome<std::optional<NamedWeights>> weights_from(const NetworkRun& run) {
  if (!run.from) return std::optional<NamedWeights>();
  auto from = read_named_weights(*run.from);
  if (!from)
    return Unexpected{Failure{from.error().status, "--from: " + std::move(from).error().what}};
  for (const NetworkTask& task : run.networks) {
    TOCCATA_CHECK(options_of(run, task, &from->weights));
    const auto found = from->weights.metadata.find(name_of(task) + ".columns");
    if (found != from->weights.metadata.end() && found->second != columns_text(task))
      return cannot(
          fmt::format("--from {}: {} was trained by a version that computes other columns",
                      *run.from, name_of(task)));
    if (const auto known = train_torch::check_players(from->weights, task); !known)
      return cannot(fmt::format("--from {}: {}", *run.from, describe(known.error())));
  }
  return std::optional(*std::move(from));
}

}  // namespace

Outcome<void> train_networks(const Arguments& arguments) {
  const auto folders = arguments.texts("--output");
  if (folders.empty() || folders.front().empty())
    return wrong_call("train expression: -o RUN_DIR is missing, the folder for the run");
  TOCCATA_TRY(const auto folder,
              RunFolder::open(folders.front(), arguments.has("--resume") ? RunFolder::Begin::Resumed
                                                                         : RunFolder::Begin::Anew));
  TOCCATA_TRY(NetworkRun run, network_run_of(*folder, arguments));
  if (folder->has("model.json")) return say(folder->path().string() + ": this run is complete\n");
  if (run.threads == 0) run.threads = std::max(1U, std::thread::hardware_concurrency());
  if (const auto begun = train_torch::begin(run.device, run.threads); !begun)
    return cannot(describe(begun.error()));
  TOCCATA_TRY(std::optional<NamedWeights> from, weights_from(run));
  TOCCATA_CHECK(folder->write("config.json", to_text(to_json(run)) + "\n"));
  std::optional<ProgressBar> bar(std::in_place);
  auto packed = packed_pieces(*folder, run, *bar);
  bar.reset();
  if (!packed) {
    if (!arguments.has("--resume")) folder->discard();  // nothing was begun
    return Unexpected{std::move(packed).error()};
  }
  const PiecePack pack = *std::move(packed);
  TOCCATA_TRY(Sides pages, sides_of(pack.set, Form::Page));
  TOCCATA_CHECK(
      folder->log(Json::Object{{"event", "begun"}, {"with", train_torch::describe(run.device)}}));
  Training training{*folder, run, pack, std::move(pages), std::move(from)};
  std::vector<NetworkResult> results;
  for (const NetworkTask& task : run.networks) {
    TOCCATA_TRY(NetworkResult result, learn_one(training, task));
    results.push_back(std::move(result));
  }
  return write_results(training, results);
}

}  // namespace toccata::cli
