// SPDX-License-Identifier: MIT
// model.json and report.svg.
#include "note_wise_results.hpp"

#include <fmt/format.h>

#include "charts.hpp"

namespace toccata::cli {
namespace {

using namespace learn;

Json json_of(const LearnerResult& result) {
  Json importances = Json::Object{};
  for (std::size_t f = 0; f < kNoteWiseFeatures.size(); ++f)
    importances.add(std::string(kNoteWiseFeatures[f]), result.importances[f]);
  return Json::Object{{"train", to_json(result.train)},
                      {"test", to_json(result.test)},
                      {"fit_seconds", result.fit_seconds},
                      {"importances", std::move(importances)}};
}

Json list_of(const std::vector<double>& values) {
  Json list = Json::Array{};
  for (const double value : values) list.push(value);
  return list;
}

Json json_of(const std::vector<ErrorSplit>& splits) {
  Json list = Json::Array{};
  for (const ErrorSplit& split : splits) {
    Json groups = Json::Array{};
    for (const ErrorGroup& group : split.groups)
      groups.push(Json::Object{{"name", group.name},
                               {"rows", static_cast<std::int64_t>(group.rows)},
                               {"mae", group.mae},
                               {"bias", group.bias}});
    list.push(Json::Object{{"by", split.by}, {"groups", std::move(groups)}});
  }
  return list;
}

BarPanel r2_panel(const NoteWiseResults& results, NoteTarget target) {
  BarPanel panel{fmt::format("R2 of {}", name_of(target)), {}, {{"test", {}}, {"train", {}}}, 3};
  for (const Learner learner : kLearners) {
    panel.labels.emplace_back(name_of(learner));
    panel.series[0].values.push_back(results.at(target, learner).test.r2);
    panel.series[1].values.push_back(results.at(target, learner).train.r2);
  }
  return panel;
}

BarPanel importance_panel(const NoteWiseResults& results) {
  BarPanel panel{"Importances in the forests", {}, {}, 3};
  for (const std::string_view feature : kNoteWiseFeatures) panel.labels.emplace_back(feature);
  for (const NoteTarget target : kNoteTargets) {
    const auto& shares = results.at(target, Learner::Forest).importances;
    panel.series.push_back({std::string(name_of(target)), {shares.begin(), shares.end()}});
  }
  return panel;
}

BarPanel error_panel(const NoteWiseResults& results, NoteTarget target) {
  BarPanel panel{fmt::format("Test rows by error of {}", name_of(target)),
                 {},
                 {{"under 10", {}}, {"10 to 20", {}}, {"over 20", {}}},
                 2};
  for (const Learner learner : kLearners) {
    const Metrics& test = results.at(target, learner).test;
    panel.labels.emplace_back(name_of(learner));
    panel.series[0].values.push_back(test.under_10);
    panel.series[1].values.push_back(test.from_10_to_20);
    panel.series[2].values.push_back(test.over_20);
  }
  return panel;
}

}  // namespace

Json to_json(const Metrics& metrics) {
  return Json::Object{{"r2", metrics.r2},
                      {"mae", metrics.mae},
                      {"rmse", metrics.rmse},
                      {"under_10", metrics.under_10},
                      {"from_10_to_20", metrics.from_10_to_20},
                      {"over_20", metrics.over_20}};
}

Json to_json(const NoteWiseResults& results) {
  Json targets = Json::Object{}, curves = Json::Object{};
  for (const NoteTarget target : kNoteTargets) {
    Json learners = Json::Object{};
    for (const Learner learner : kLearners)
      learners.add(std::string(name_of(learner)), json_of(results.at(target, learner)));
    targets.add(std::string(name_of(target)), std::move(learners));
  }
  for (const auto& [target, curve] : results.curves)
    curves.add(std::string(name_of(target)), Json::Object{{"rows", list_of(curve.rows)},
                                                          {"linear", list_of(curve.linear)},
                                                          {"forest", list_of(curve.forest)}});
  return Json::Object{{"protocol", "notewise"},
                      {"format", "toccata.notewise/1"},
                      {"source", results.source},
                      {"seed", results.seed},
                      {"train_rows", static_cast<std::int64_t>(results.train_rows)},
                      {"test_rows", static_cast<std::int64_t>(results.test_rows)},
                      {"share_of_density_13", results.full_density},
                      {"share_of_duration_100", results.shortest},
                      {"targets", std::move(targets)},
                      {"learning_curves", std::move(curves)},
                      {"velocity_errors", json_of(results.errors)}};
}

std::string to_svg(const NoteWiseResults& results) {
  Figure figure(fmt::format("Note-wise protocol: {} training, {} test rows", results.train_rows,
                            results.test_rows));
  for (const NoteTarget target : kNoteTargets) figure.add(r2_panel(results, target));
  figure.add(importance_panel(results));
  for (const auto& [target, curve] : results.curves)
    figure.add(LinePanel{fmt::format("Test R2 of {} by training rows", name_of(target)),
                         "training rows",
                         curve.rows,
                         {{"forest", curve.forest}, {"linear", curve.linear}}});
  figure.add(error_panel(results, NoteTarget::Velocity));
  figure.add(error_panel(results, NoteTarget::Duration));
  return figure.svg();
}

}  // namespace toccata::cli
