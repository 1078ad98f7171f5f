// SPDX-License-Identifier: MIT
#include "expression.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <toccata/learn/foretold.hpp>
#include <toccata/learn/prepared.hpp>

#include "curve_rows.hpp"
#include "models.hpp"
#include "progress.hpp"

namespace toccata::cli {
namespace {

using Learner = ExpressionModel::Learner;
using learn::ExpressionTask;

/// Where a target's figures stand in JSON.
const char* group_of(Target target) {
  switch (target) {
    case Target::NoteVelocity: return "velocity";
    case Target::BeatSlowness: return "tempo";
    case Target::ChordSlowness: return "inter_onset";
    case Target::Lag: return "lag";
    case Target::Articulation: return "articulation";
    case Target::PedalDown: return "pedal_down";
    case Target::PedalChange: return "pedal_change";
  }
  return "";
}

Json to_json(const learn::ExpressionFigures& figures) {
  Json json;
  json.add("r2", figures.r2);
  json.add("mae", figures.mae);
  json.add("r2_within", figures.r2_within);
  json.add("r2_median_per_performance", figures.r2_median_per_performance);
  json.add("ci95", Json::Array{figures.ci95[0], figures.ci95[1]});
  json.add("r2_fitted", figures.r2_fitted);
  json.add("r2_fitted_median", figures.r2_fitted_median);
  json.add("r2_fitted_ci95", Json::Array{figures.r2_fitted_ci95[0], figures.r2_fitted_ci95[1]});
  json.add("notes", static_cast<std::int64_t>(figures.rows));
  json.add("performances", static_cast<std::int64_t>(figures.performances));
  json.add("compositions", static_cast<std::int64_t>(figures.compositions));
  return json;
}

constexpr const char* kHead =
    "| target | inputs | learner | R2 | 95 % interval | within a performance | median "
    "performance | fitted | 95 % interval | fitted, median | MAE | rows |\n"
    "|---|---|---|---|---|---|---|---|---|---|---|---|\n";

std::string row_of(std::string_view target, std::string_view inputs, std::string_view learner,
                   const learn::ExpressionFigures& figures) {
  return fmt::format(
      "| {} | {} | {} | {:.4f} | {:.3f} to {:.3f} | {:.4f} | {:.4f} | {:.4f} | {:.3f} to {:.3f} | "
      "{:.4f} | {:.4g} | {} |\n",
      target, inputs, learner, figures.r2, figures.ci95[0], figures.ci95[1], figures.r2_within,
      figures.r2_median_per_performance, figures.r2_fitted, figures.r2_fitted_ci95[0],
      figures.r2_fitted_ci95[1], figures.r2_fitted_median, figures.mae, figures.rows);
}

std::vector<TimesRow> times_figures(const ExpressionModel& model, const learn::PreparedSet& set,
                                    std::uint64_t seed) {
  std::vector<TimesRow> rows;
  for (const auto& [count, inputs, foretold] : learn::count_times(model, set.of(learn::Form::Page)))
    rows.push_back(
        {count, inputs, learn::figures_of(foretold.rows, foretold.predicted, Rng(seed))});
  return rows;
}

std::string_view inputs_of(const TimesRow& row) {
  return row.inputs ? name_of(*row.inputs) : "written";
}

std::string to_text(std::span<const TimesRow> rows) {
  std::string text = kHead;
  for (const TimesRow& row : rows)
    text += row_of(fmt::format("times.{}", name_of(row.count)), inputs_of(row),
                   row.inputs ? "model" : "none", row.figures);
  return text;
}

Json to_json(std::span<const TimesRow> rows) {
  Json json{Json::Object{}}, group;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    group.add(std::string(inputs_of(rows[i])), to_json(rows[i].figures));
    if (i + 1 < rows.size() && rows[i + 1].count == rows[i].count) continue;
    json.add(std::string(name_of(rows[i].count)), std::exchange(group, Json()));
  }
  return json;
}

const char* name_of_learner(const ExpressionRow& row) {
  if (row.by == By::Curve) return "curve";
  return row.task.learner == Learner::Model ? "model" : "baseline";
}

}  // namespace

std::string inputs_of(const ExpressionRow& row) {
  return std::string(name_of(row.task.inputs)) + (row.form == learn::Form::Midi ? "_of_midi" : "");
}

std::vector<ExpressionRow> expression_figures(const ExpressionModel& model,
                                              const learn::PreparedSet& set,
                                              std::optional<learn::Split> side,
                                              std::uint64_t seed) {
  std::vector<ExpressionRow> rows;
  ProgressBar bar;
  const auto tasks = learn::expression_tasks();
  const auto add = [&](const ExpressionTask& task, learn::Form form) {
    const auto foretold = learn::foretell(model, task, set.of(form, side));
    if (!foretold.predicted.empty())
      rows.push_back({task, form, learn::figures_of(foretold.rows, foretold.predicted, Rng(seed))});
  };
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    add(tasks[i], learn::Form::Page);
    // What perform uses, for those who have no page.
    if (tasks[i].inputs == Inputs::Marks && tasks[i].learner == Learner::Model)
      add(tasks[i], learn::Form::Midi);
    bar.report(static_cast<double>(i + 1) / static_cast<double>(tasks.size()), "predicting");
  }
  for (const learn::Form form : {learn::Form::Page, learn::Form::Midi}) {
    const learn::Foretold curve = curve_rows(set.of(form, side));
    if (!curve.predicted.empty())
      rows.push_back({{Learner::Model, Target::NoteVelocity, Inputs::Marks},
                      form,
                      learn::figures_of(curve.rows, curve.predicted, Rng(seed)),
                      By::Curve});
  }
  std::ranges::stable_sort(rows, {}, [](const ExpressionRow& row) {
    return std::tuple(row.task.target, row.task.inputs, row.form, row.task.learner, row.by);
  });
  return rows;
}

Outcome<ExpressionReport> evaluate_expression(const ExpressionOptions& options) {
  TOCCATA_TRY(const NamedModel model, load_model(options.model));
  const auto tree = learn::FileTree::open(options.data);
  if (!tree) return cannot(describe(tree.error()));
  auto entries = learn::find_aligned(*tree);
  if (!entries) return cannot(describe(entries.error()));
  std::erase_if(*entries, [](const learn::AlignedEntry& entry) {
    return entry.split && *entry.split != learn::Split::Test;
  });
  if (entries->empty())
    return cannot(options.data.string() +
                  ": holds no aligned piece that the model has not learned from");
  learn::Running running;
  ProgressBar bar;
  running.progress = [&](std::size_t done, std::size_t all) {
    bar.report(static_cast<double>(done) / static_cast<double>(all), "reading");
  };
  const learn::PreparedSet set = learn::prepare(*tree, *entries, running);
  const auto pages = set.of(learn::Form::Page);
  if (pages.empty())
    return cannot(fmt::format("{}: none of its pieces could be read: {}", options.data.string(),
                              set.faults.empty() ? "" : describe(set.faults.front())));
  ExpressionReport report{options, model.name, pages.size(), set.performances(), {}, {}, {}, {}};
  for (const learn::DataError& fault : set.faults) report.faults.push_back(describe(fault));
  report.rows = expression_figures(*model.model, set, std::nullopt, options.seed);
  report.times = times_figures(*model.model, set, options.seed);
  report.players = play_all(*model.model, set, options.seed);
  return report;
}

std::string to_text(std::span<const ExpressionRow> rows) {
  std::string text = kHead;
  for (const ExpressionRow& row : rows)
    text += row_of(name_of(row.task.target), inputs_of(row), name_of_learner(row), row.figures);
  return text;
}

Json to_json(std::span<const ExpressionRow> rows) {
  std::vector<std::string> order;
  std::map<std::string, Json> groups;
  for (const ExpressionRow& row : rows) {
    const std::string group = group_of(row.task.target);
    if (!groups.contains(group)) order.push_back(group);
    const std::string learner = name_of_learner(row);
    const std::string prefix = learner == "model" ? "" : learner + "_";
    groups[group].add(prefix + inputs_of(row), to_json(row.figures));
  }
  Json json{Json::Object{}};
  for (const std::string& group : order) json.add(group, std::move(groups[group]));
  return json;
}

std::string to_text(const ExpressionReport& report) {
  std::string text = fmt::format(
      "# What a model of expression foretells\n\nModel {}; {} performances of {} pieces from {} "
      "that it has not learned from. R2 within a performance: after its mean is taken off both "
      "sides; fitted: after the best straight line for each performance. Intervals: compositions "
      "drawn anew.\n\n",
      report.model, report.performances, report.pieces, report.options.data.string());
  text += to_text(report.rows);
  if (!report.times.empty())
    text +=
        "\n# Times by notes and in seconds\n\ndocs/expression.md says what each of them is.\n\n" +
        to_text(report.times);
  text +=
      "\n# How it plays\n\nFull samples, up to six of a piece, beside as many by people and by the "
      "rules. Means with intervals; how far distributions lie from those of people, 0 to 1. "
      "docs/expression.md says what each trait is.\n\n";
  text += to_text(report.players, report.options.seed);
  for (const std::string& fault : report.faults) text += "\nnot read: " + fault;
  return text + (report.faults.empty() ? "" : "\n");
}

Json to_json(const ExpressionReport& report) {
  Json json;
  json.add("format", "toccata.expression/1");
  json.add("model", report.model);
  json.add("data", report.options.data.string());
  json.add("pieces", static_cast<std::int64_t>(report.pieces));
  json.add("performances", static_cast<std::int64_t>(report.performances));
  const Json figures = to_json(report.rows);
  for (const auto& [group, value] : *figures.object()) json.add(group, value);
  if (!report.times.empty()) json.add("times", to_json(report.times));
  json.add("playing", to_json(report.players, report.options.seed));
  Json faults = Json::Array{};
  for (const std::string& fault : report.faults) faults.push(fault);
  json.add("not_read", std::move(faults));
  return json;
}

}  // namespace toccata::cli
