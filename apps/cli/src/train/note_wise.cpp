// SPDX-License-Identifier: MIT
// The protocol `notewise`: each of its steps leaves a file, by which a run that was broken off goes
// on.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

#include <fmt/format.h>
#include <toccata/learn/collection.hpp>

#include "note_wise_results.hpp"
#include "note_wise_rows.hpp"
#include "progress.hpp"
#include "protocol.hpp"
#include "run_config.hpp"
#include "run_folder.hpp"
#include "say.hpp"

namespace toccata::cli {
namespace {

using namespace learn;
using Clock = std::chrono::steady_clock;

unsigned cores() { return std::max(std::thread::hardware_concurrency(), 1U); }

std::string words_of(const FitError& error) { return "training: " + describe(error); }

std::string fitted_name(NoteTarget target, Learner learner) {
  return fmt::format("fitted-{}-{}.safetensors", name_of(target), name_of(learner));
}
std::string curve_name(NoteTarget target) {
  return fmt::format("curve-{}.safetensors", name_of(target));
}
constexpr NoteTarget kCurveTargets[] = {NoteTarget::Velocity, NoteTarget::Duration};

/// A run under way.
struct Training {
  RunFolder& folder;
  const NoteSample& sample;
  const NoteWiseRun& run;
  NoteWiseResults& results;
  ProgressBar bar;
  ml::Weights bundle;
  int steps_done = 0;

  void step(std::string_view words) {
    constexpr int kSteps = 15;
    bar.report(static_cast<double>(steps_done++) / kSteps, words);
  }
};

struct Fitted {
  NoteModel model;
  double seconds = 0;
};

Outcome<Fitted> load_fitted(const RunFolder& folder, const std::string& name, NoteTarget target,
                            Learner learner) {
  TOCCATA_TRY(const ml::Weights weights, folder.read_weights(name));
  auto model = load_note_model(weights, "", learner, target);
  if (!model) return cannot(fmt::format("{}: {}", name, describe(model.error())));
  constexpr std::array<std::size_t, 1> kOne{1};
  const auto seconds = weights.values<double>("fit_seconds", kOne);
  if (!seconds) return cannot(fmt::format("{}: {}", name, describe(seconds.error())));
  return Fitted{*std::move(model), seconds->front()};
}

Outcome<Fitted> fitted(const Training& training, NoteTarget target, Learner learner) {
  const std::string name = fitted_name(target, learner);
  if (training.folder.has(name)) return load_fitted(training.folder, name, target, learner);
  const auto begun = Clock::now();
  auto model = training.run.fit(target, learner);
  const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
  if (!model) return cannot(words_of(model.error()));
  ml::Weights weights;
  save_note_model(*model, weights, "");
  weights.tensors.push_back(
      ml::make_tensor<double>("fit_seconds", {1}, std::span<const double>(&seconds, 1)));
  TOCCATA_CHECK(training.folder.write(name, weights));
  return Fitted{*std::move(model), seconds};
}

Outcome<void> fit_one(Training& training, NoteTarget target, Learner learner) {
  training.step(fmt::format("{} for {}", name_of(learner), name_of(target)));
  TOCCATA_TRY(const Fitted done, fitted(training, target, learner));
  const NoteWiseRun& run = training.run;
  const LearnerResult result{run.measure(done.model, target, false, cores()),
                             run.measure(done.model, target, true, cores()), done.seconds,
                             done.model.importances};
  training.results.targets[target][learner] = result;
  if (target == NoteTarget::Velocity && learner == Learner::Forest)
    training.results.errors = split_errors(training.sample, run.rows_of(true),
                                           run.predict(done.model, target, true, cores()));
  save_note_model(done.model, training.bundle, prefix_of(learner, target));
  return training.folder.log(Json::Object{{"event", "fit"},
                                          {"target", name_of(target)},
                                          {"learner", name_of(learner)},
                                          {"seconds", done.seconds},
                                          {"train", to_json(result.train)},
                                          {"test", to_json(result.test)}});
}

/// Test R2 of linear models and forests fitted on parts of the rows; all of them are fitted
/// already.
Outcome<Curve> fit_curve(const Training& training, NoteTarget target) {
  Curve curve;
  const NoteWiseRun& run = training.run;
  const auto rows = static_cast<double>(run.rows(false));
  for (const double share : kCurveShares) {
    const auto r2 = [&](Learner learner) -> Outcome<double> {
      const auto model = run.fit(target, learner, share);
      if (!model) return cannot(words_of(model.error()));
      return run.measure(*model, target, true, cores()).r2;
    };
    TOCCATA_TRY(const double linear, r2(Learner::Linear));
    TOCCATA_TRY(const double forest, r2(Learner::Forest));
    curve.rows.push_back(std::max(1.0, std::floor(share * rows)));
    curve.linear.push_back(linear);
    curve.forest.push_back(forest);
  }
  curve.rows.push_back(rows);
  curve.linear.push_back(training.results.at(target, Learner::Linear).test.r2);
  curve.forest.push_back(training.results.at(target, Learner::Forest).test.r2);
  return curve;
}

Outcome<void> add_curve(Training& training, NoteTarget target) {
  training.step(fmt::format("learning curve of {}", name_of(target)));
  const std::string name = curve_name(target);
  Curve& curve = training.results.curves[target];
  if (!training.folder.has(name)) {
    TOCCATA_TRY(curve, fit_curve(training, target));
    ml::Weights weights;
    const auto add = [&](const char* part, const std::vector<double>& values) {
      weights.tensors.push_back(ml::make_tensor<double>(part, {values.size()}, std::span(values)));
    };
    add("rows", curve.rows);
    add("linear", curve.linear);
    add("forest", curve.forest);
    return training.folder.write(name, weights);
  }
  TOCCATA_TRY(const ml::Weights weights, training.folder.read_weights(name));
  constexpr std::array<std::size_t, 1> kPoints{kCurveShares.size() + 1};
  const auto rows = weights.values<double>("rows", kPoints);
  const auto linear = weights.values<double>("linear", kPoints);
  const auto forest = weights.values<double>("forest", kPoints);
  if (!rows || !linear || !forest) return cannot(name + ": holds no learning curve");
  curve = {*rows, *linear, *forest};
  return {};
}

/// What is told besides the learners.
NoteWiseResults results_for(const RunConfig& config, const NoteSample& sample,
                            const NoteWiseRun& run) {
  constexpr std::size_t kDensity = 5;
  constexpr float kFull = 13;
  NoteWiseResults results;
  results.source = config.rows ? *config.rows : *config.data;
  results.given_rows = config.rows.has_value();
  results.seed = config.seed;
  results.train_rows = run.rows(false);
  results.test_rows = run.rows(true);
  results.counts = sample.counts;
  const auto rows = static_cast<double>(sample.rows());
  const auto share = [&](std::span<const float> values, float value) {
    return static_cast<double>(std::ranges::count(values, value)) / rows;
  };
  results.full_density = share(sample.features.column(kDensity), kFull);
  results.shortest = share(sample.duration, static_cast<float>(kShortestTarget));
  return results;
}

/// The files of a whole run. model.json is written last: where it stands, the run is over.
Outcome<void> write_results(Training& training, const RunConfig& config) {
  ml::Weights& bundle = training.bundle;
  bundle.metadata["format"] = "toccata.notewise/1";
  bundle.metadata["source"] = training.results.source;
  bundle.metadata["seed"] = std::to_string(config.seed);
  ml::save_scaler(training.run.scaler(), bundle, kScalerPrefix);
  TOCCATA_CHECK(training.folder.write("model.safetensors", bundle));
  TOCCATA_CHECK(training.folder.write("report.svg", to_svg(training.results)));
  TOCCATA_CHECK(training.folder.write("report.md", to_markdown(training.results)));
  return training.folder.write("model.json", to_text(to_json(training.results)) + "\n");
}

/// Steps whose outcome stands in the results now.
Outcome<void> tidy_up(RunFolder& folder) {
  TOCCATA_CHECK(folder.log(Json::Object{{"event", "done"}}));
  for (const NoteTarget target : kNoteTargets)
    for (const Learner learner : kLearners) folder.remove(fitted_name(target, learner));
  for (const NoteTarget target : kCurveTargets) folder.remove(curve_name(target));
  folder.remove("packing.safetensors");
  return {};
}

std::string told(const NoteWiseResults& results, const RunFolder& folder) {
  std::string text =
      fmt::format("{}: {} training and {} test rows, seed {}\n", folder.path().string(),
                  results.train_rows, results.test_rows, results.seed);
  if (!results.given_rows)
    text += fmt::format("{} files, {} broken (named in log.jsonl), {} with under 10 notes\n",
                        results.counts.files, results.counts.broken.size(),
                        results.counts.too_short + results.counts.without);
  for (const auto& [target, learners] : results.targets)
    for (const auto& [learner, result] : learners)
      text += fmt::format("{:<22}{:<9} R2 {:7.4f} (train {:.4f})  MAE {:8.3f}  RMSE {:8.3f}\n",
                          name_of(target), name_of(learner), result.test.r2, result.train.r2,
                          result.test.mae, result.test.rmse);
  return text;
}

Outcome<void> train(RunFolder& folder, const RunConfig& config) {
  TOCCATA_TRY(const NoteSample sample, rows_for(folder, config));
  const NoteWiseRun run(sample, config.seed);
  NoteWiseResults results = results_for(config, sample, run);
  Training training{folder, sample, run, results, {}, {}};
  for (const NoteTarget target : kNoteTargets)
    for (const Learner learner : kLearners) TOCCATA_CHECK(fit_one(training, target, learner));
  for (const NoteTarget target : kCurveTargets) TOCCATA_CHECK(add_curve(training, target));
  TOCCATA_CHECK(write_results(training, config));
  TOCCATA_CHECK(tidy_up(folder));
  return say(told(results, folder));
}

}  // namespace

Outcome<void> train_note_wise(const TrainRequest& request) {
  if (request.from)
    return wrong_call("--from: the note-wise learners begin anew; allowed with --protocol pieces");
  if (request.networks)
    return wrong_call(
        "--networks: note-wise learners know no network; allowed with --protocol pieces");
  TOCCATA_TRY(const auto folder,
              RunFolder::open(request.folder,
                              request.resume ? RunFolder::Begin::Resumed : RunFolder::Begin::Anew));
  TOCCATA_TRY(const RunConfig config, config_for(*folder, request));
  if (folder->has("model.json")) {
    TOCCATA_CHECK(tidy_up(*folder));
    return say(folder->path().string() + ": this run is complete\n");
  }
  return train(*folder, config);
}

}  // namespace toccata::cli
