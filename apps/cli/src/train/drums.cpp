// SPDX-License-Identifier: MIT
// Learning a drummer: takes in Groove's layout, by its own split.
#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toccata/learn/drum_fit.hpp>
#include <toccata/version.hpp>

#include "charts.hpp"
#include "draw.hpp"
#include "evaluate/drums.hpp"
#include "pieces_config.hpp"
#include "progress.hpp"
#include "say.hpp"

namespace toccata::cli {
namespace {

using namespace learn;
using Clock = std::chrono::steady_clock;
constexpr DrumTarget kTargets[] = {DrumTarget::HitVelocity, DrumTarget::Lateness};

std::string file_of(DrumTarget target) { return std::string(name_of(target)) + ".safetensors"; }

Outcome<DrumSet> read_set(const PiecesConfig& config) {
  if (config.networks) return wrong_call("--networks: a drummer is learned by trees alone");
  const auto tree = FileTree::open(config.data);
  if (!tree) return cannot(describe(tree.error()));
  auto entries = find_takes(*tree);
  if (!entries) return cannot(describe(entries.error()));
  draw(*entries, config.max_files, Rng(config.seed).fork("takes"), &DrumEntry::file);
  ProgressBar bar;
  Running running;
  const auto begun = Clock::now();
  running.progress = [&](std::size_t done, std::size_t all) {
    const double seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    bar.report(static_cast<double>(done) / static_cast<double>(all),
               fmt::format("reading, {:.0f} files a second", static_cast<double>(done) / seconds));
  };
  DrumSet set = read_takes(*tree, *entries, running);
  for (const Split side : {Split::Train, Split::Validation, Split::Test})
    if (set.of(side).empty())
      return cannot(
          fmt::format("{}: takes on each side of the split are needed, but none is on "
                      "that of {}{}",
                      config.data, name_of(side),
                      set.faults.empty() ? "" : "; " + describe(set.faults.front())));
  return set;
}

Outcome<void> log_set(RunFolder& folder, const DrumSet& set) {
  TOCCATA_CHECK(folder.log(Json::Object{{"event", "read"},
                                        {"takes", static_cast<std::int64_t>(set.takes.size())},
                                        {"broken", static_cast<std::int64_t>(set.faults.size())}}));
  for (const DataError& fault : set.faults)
    TOCCATA_CHECK(folder.log(Json::Object{{"event", "broken"}, {"file", describe(fault)}}));
  return {};
}

Json importances_of(const std::vector<double>& importances) {
  Json json{Json::Object{}};
  for (std::size_t i = 0; i < importances.size(); ++i)
    if (importances[i] >= 0.001) json.add(drum_columns()[i], importances[i]);
  return json;
}

Outcome<void> fit_one(RunFolder& folder, const PiecesConfig& config, const DrumSet& set,
                      DrumTarget target) {
  const auto begun = Clock::now();
  ProgressBar bar;
  Running running;
  running.progress = [&](std::size_t done, std::size_t all) {
    bar.report(static_cast<double>(done) / static_cast<double>(all), name_of(target));
  };
  const auto fitted =
      fit_drums(set.of(Split::Train), set.of(Split::Validation), target, Rng(config.seed), running);
  if (!fitted) return cannot(fmt::format("{}: {}", name_of(target), describe(fitted.error())));
  ml::Weights weights;
  fitted->trees.save(weights, "");
  weights.metadata["columns"] = fmt::format("{}", fmt::join(drum_columns(), ","));
  TOCCATA_CHECK(folder.write(file_of(target), weights));
  return folder.log(
      Json::Object{{"event", "fit"},
                   {"learner", std::string(name_of(target))},
                   {"seconds", std::chrono::duration<double>(Clock::now() - begun).count()},
                   {"rows", static_cast<std::int64_t>(fitted->rows)},
                   {"trees", static_cast<std::int64_t>(fitted->trees.trees())},
                   {"validation_rmse", *std::ranges::min_element(fitted->validation_rmse)},
                   {"importances", importances_of(fitted->importances)}});
}

/// Trains a learner, or takes it from the folder where a broken-off run has left it.
Outcome<DrumModel::Learner> learn_one(RunFolder& folder, const PiecesConfig& config,
                                      const DrumSet& set, DrumTarget target) {
  const std::string file = file_of(target);
  if (!folder.has(file)) TOCCATA_CHECK(fit_one(folder, config, set, target));
  TOCCATA_TRY(const ml::Weights weights, folder.read_weights(file));
  const auto columns = weights.metadata.find("columns");
  if (columns == weights.metadata.end() ||
      columns->second != fmt::format("{}", fmt::join(drum_columns(), ",")))
    return cannot((folder.path() / file).string() +
                  ": was trained by a version that computes other columns; begin the run anew");
  auto trees = ml::Trees::load(weights, "");
  if (!trees) return cannot(fmt::format("{}: {}", file, describe(trees.error())));
  return drum_learner(*std::move(trees), set.of(Split::Train), set.of(Split::Validation), target);
}

ml::Weights weights_of(const DrumModel& model, const PiecesConfig& config) {
  const std::string data = std::filesystem::path(config.data).filename().string();
  ml::Weights weights;
  model.save(weights);
  weights.metadata["name"] = data + "-drums";
  weights.metadata["version"] = std::string(version());
  weights.metadata["architecture"] = "gradient-boosted regression trees";
  weights.metadata["protocol"] = "pieces";
  weights.metadata["data"] = data;
  weights.metadata["licence"] = licence_of(config.data);
  weights.metadata["seed"] = std::to_string(config.seed);
  return weights;
}

/// The test figures as bars, a panel a target.
std::string picture_of(const DrumReport& report) {
  Figure figure("R2 on takes that were not learned from");
  for (const DrumTarget target : kTargets) {
    BarPanel panel{std::string(name_of(target)), {}, {{"model", {}}, {"baseline", {}}}};
    for (const DrumRow& row : report.rows) {
      if (row.target != target) continue;
      panel.labels.push_back(row.over);
      panel.series[0].values.push_back(row.figures.model.r2);
      panel.series[1].values.push_back(row.figures.means.r2);
    }
    figure.add(panel);
  }
  return figure.svg();
}

Outcome<void> write_results(RunFolder& folder, const PiecesConfig& config, const DrumSet& set,
                            const DrumModel& model) {
  DrumReport report = drum_report(model, set, config.seed);
  report.data = config.data;
  report.model = "of this run";
  Json json = to_json(config);
  json.add("takes_learned_from", static_cast<std::int64_t>(set.of(Split::Train).size()));
  json.add("figures", to_json(report));
  TOCCATA_CHECK(folder.write("model.safetensors", weights_of(model, config)));
  TOCCATA_CHECK(folder.write("report.svg", picture_of(report)));
  const std::string text = to_text(report);
  TOCCATA_CHECK(folder.write("report.md", text));
  TOCCATA_CHECK(folder.write("model.json", to_text(json) + "\n"));
  TOCCATA_CHECK(folder.log(Json::Object{{"event", "done"}}));
  for (const DrumTarget target : kTargets) folder.remove(file_of(target));
  return say(text);
}

}  // namespace

Outcome<void> train_drums(RunFolder& folder, const PiecesConfig& config) {
  TOCCATA_TRY(const DrumSet set, read_set(config));
  TOCCATA_CHECK(folder.write(kPiecesConfig, to_text(to_json(config)) + "\n"));
  TOCCATA_CHECK(log_set(folder, set));
  TOCCATA_TRY(DrumModel::Learner velocity, learn_one(folder, config, set, DrumTarget::HitVelocity));
  TOCCATA_TRY(DrumModel::Learner lateness, learn_one(folder, config, set, DrumTarget::Lateness));
  return write_results(folder, config, set, DrumModel(std::move(velocity), std::move(lateness)));
}

}  // namespace toccata::cli
