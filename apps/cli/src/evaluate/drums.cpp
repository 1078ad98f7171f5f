// SPDX-License-Identifier: MIT
#include "drums.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <toccata/perform/performer.hpp>

#include "drummers.hpp"
#include "progress.hpp"

namespace toccata::cli {
namespace {

using learn::DrumTake;
using learn::Split;
using Takes = std::vector<const DrumTake*>;

/// What nothing was learned from: the test side, or takes of a set that has no sides.
bool is_held(const std::optional<Split>& split) { return !split || *split == Split::Test; }

Takes held_takes(const learn::DrumSet& set) {
  Takes takes;
  for (const DrumTake& take : set.takes)
    if (is_held(take.entry.split)) takes.push_back(&take);
  return takes;
}

std::string style_of(const DrumTake& take) {
  return std::string(drum_style_names()[take.pattern.style]);
}

/// By name: all, those of sessions that are held as a whole, and each style.
std::vector<std::pair<std::string, Takes>> groups_of(const learn::DrumSet& set) {
  std::set<std::string> known;
  for (const DrumTake& take : set.takes)
    if (!is_held(take.entry.split)) known.insert(take.entry.session);
  std::vector<std::pair<std::string, Takes>> groups{{"all", held_takes(set)}, {"new_sessions", {}}};
  std::map<std::string, Takes> styles;
  for (const DrumTake* take : groups.front().second) {
    if (!known.contains(take->entry.session)) groups[1].second.push_back(take);
    styles[style_of(*take)].push_back(take);
  }
  if (groups[1].second.empty()) groups.pop_back();
  for (auto& [style, takes] : styles) groups.emplace_back("style:" + style, std::move(takes));
  return groups;
}

/// The genre whose rules play a style most alike.
const char* genre_of(const std::string& style) {
  constexpr std::pair<std::string_view, const char*> kGenres[] = {
      {"jazz", "jazz"},     {"blues", "blues"}, {"latin", "bossa"},  {"afrocuban", "bossa"},
      {"funk", "funk"},     {"soul", "funk"},   {"gospel", "funk"},  {"neworleans", "funk"},
      {"afrobeat", "funk"}, {"hiphop", "lofi"}, {"reggae", "reggae"}};
  for (const auto& [name, genre] : kGenres)
    if (name == style) return genre;
  return "rock";
}

/// Velocities of the rules, take by take, hit by hit.
std::vector<double> played_by_rules(const Takes& takes) {
  std::map<std::string, Settings> settings;
  std::vector<double> velocities;
  for (const DrumTake* take : takes) {
    const char* genre = genre_of(style_of(*take));
    if (!settings.contains(genre)) {
      Brief brief;
      brief.genres = {{genre, 1.0}};
      if (auto settled = settle(brief, 0)) settings.emplace(genre, settled->settings);
    }
    const Score score = learn::score_of(take->pattern);
    const PerformTask task{score, &settings.at(genre)};
    const Performance performance = perform(*find_performer("curve"), task, Rng(0));
    for (const PlayedNote& played : performance.notes)
      velocities.push_back(played.velocity.number());
  }
  return velocities;
}

Json figures_json(const learn::ExpressionFigures& figures) {
  Json json;
  json.add("r2", figures.r2);
  json.add("mae", figures.mae);
  json.add("r2_within", figures.r2_within);
  json.add("r2_median_per_performance", figures.r2_median_per_performance);
  json.add("ci95", Json::Array{figures.ci95[0], figures.ci95[1]});
  json.add("notes", static_cast<std::int64_t>(figures.rows));
  json.add("performances", static_cast<std::int64_t>(figures.performances));
  return json;
}

Json agreement_json(const learn::Agreement& agreement) {
  Json json;
  json.add("r2_linear", agreement.r2_linear);
  json.add("correlation_within", agreement.correlation_within);
  return json;
}

constexpr std::string_view kStyle = "style:";

Json target_json(const DrumReport& report, DrumTarget target) {
  Json json, styles{Json::Object{}};
  for (const DrumRow& row : report.rows) {
    if (row.target != target) continue;
    const bool is_style = row.over.starts_with(kStyle);
    Json own{Json::Object{}};
    Json& place = is_style ? own : json;
    const std::string name = row.over == "new_sessions" ? "pattern_new_sessions" : "pattern";
    place.add(name, figures_json(row.figures.model));
    place.add("baseline_" + name, figures_json(row.figures.means));
    place.add("gain_" + name, row.figures.gain);
    place.add("gain_ci95_" + name, Json::Array{row.figures.gain_ci95[0], row.figures.gain_ci95[1]});
    if (is_style) styles.add(row.over.substr(kStyle.size()), std::move(own));
  }
  json.add("styles", std::move(styles));
  if (target != DrumTarget::HitVelocity) return json;
  json.add("agreement", agreement_json(report.learned));
  json.add("curve_agreement", agreement_json(report.curve));
  return json;
}

}  // namespace

bool holds_drums(const std::filesystem::path& data) {
  const auto tree = learn::FileTree::open(data);
  return tree && !learn::find_aligned(*tree) && learn::is_groove(*tree);
}

DrumReport drum_report(const DrumModel& model, const learn::DrumSet& set, std::uint64_t seed) {
  DrumReport report;
  const auto groups = groups_of(set);
  const Takes& all = groups.front().second;
  report.takes = all.size();
  for (const DrumTake* take : all) report.left_out += take->left_out;
  report.split = learn::check_split(set, Split::Test);
  for (const learn::DataError& fault : set.faults) report.faults.push_back(describe(fault));
  for (const DrumTarget target : {DrumTarget::HitVelocity, DrumTarget::Lateness})
    for (const auto& [over, takes] : groups)
      report.rows.push_back(
          {target, over, learn::drum_figures(model, takes, target, Rng(seed).fork(over))});
  const auto rows = learn::drum_rows(all, DrumTarget::HitVelocity);
  report.learned =
      learn::agreement(rows, model.of(DrumTarget::HitVelocity).trees.predict(rows.table.view(), 1));
  report.curve = learn::agreement(rows, played_by_rules(all));
  return report;
}

Outcome<DrumReport> evaluate_drums(const ExpressionOptions& options) {
  TOCCATA_TRY(const NamedDrummer drummer, load_drummer(options.model));
  const auto tree = learn::FileTree::open(options.data);
  if (!tree) return cannot(describe(tree.error()));
  const auto entries = learn::find_takes(*tree);
  if (!entries) return cannot(describe(entries.error()));
  learn::Running running;
  ProgressBar bar;
  running.progress = [&](std::size_t done, std::size_t all) {
    bar.report(static_cast<double>(done) / static_cast<double>(all), "reading");
  };
  const learn::DrumSet set = learn::read_takes(*tree, *entries, running);
  if (held_takes(set).empty())
    return cannot(options.data.string() + ": holds no take that the model has not learned from" +
                  (set.faults.empty() ? "" : "; " + describe(set.faults.front())));
  DrumReport report = drum_report(*drummer.model, set, options.seed);
  report.model = drummer.name;
  report.data = options.data.string();
  return report;
}

std::string to_text(const DrumReport& report) {
  std::string text = fmt::format(
      "# What a learned drummer foretells\n\nModel {}; {} takes from {} that it has not learned "
      "from, without {} strokes (flams, and what is no drum of the kit). Of {} takes on the test "
      "side, {} are of drummers who are learned from, {} of sessions of which other takes are, and "
      "{} are stroke by stroke the same as one. Baseline: the mean of each drum at each place of "
      "the bar. Intervals: takes drawn anew.\n\n| target | takes | strokes | baseline R2 | model "
      "R2 | 95 % interval | gain | 95 % interval | within a take | MAE |\n"
      "|---|---|---|---|---|---|---|---|---|---|\n",
      report.model, report.takes, report.data, report.left_out, report.split.held,
      report.split.known_drummer, report.split.known_session, report.split.known_pattern);
  for (const DrumRow& row : report.rows) {
    const auto& figures = row.figures;
    text += fmt::format(
        "| {} | {} ({}) | {} | {:.4f} | {:.4f} | {:.3f} to {:.3f} | {:.3f} | {:.3f} to {:.3f} | "
        "{:.3f} | {:.3g} |\n",
        name_of(row.target), row.over, figures.model.performances, figures.model.rows,
        figures.means.r2, figures.model.r2, figures.model.ci95[0], figures.model.ci95[1],
        figures.gain, figures.gain_ci95[0], figures.gain_ci95[1], figures.model.r2_within,
        figures.model.mae);
  }
  text += fmt::format(
      "\nVelocities after the best straight line: the model explains {:.3f}, the rules of `curve` "
      "{:.3f}. Correlation within a take: {:.3f} and {:.3f}.\n",
      report.learned.r2_linear, report.curve.r2_linear, report.learned.correlation_within,
      report.curve.correlation_within);
  for (const std::string& fault : report.faults) text += "\nnot read: " + fault;
  return text + (report.faults.empty() ? "" : "\n");
}

Json to_json(const DrumReport& report) {
  Json json;
  json.add("format", "toccata.drums-expression/1");
  json.add("model", report.model);
  json.add("data", report.data);
  json.add("takes", static_cast<std::int64_t>(report.takes));
  Json split;
  split.add("test_takes", static_cast<std::int64_t>(report.split.held));
  split.add("of_known_drummers", static_cast<std::int64_t>(report.split.known_drummer));
  split.add("of_known_sessions", static_cast<std::int64_t>(report.split.known_session));
  split.add("of_known_patterns", static_cast<std::int64_t>(report.split.known_pattern));
  json.add("split", std::move(split));
  for (const DrumTarget target : {DrumTarget::HitVelocity, DrumTarget::Lateness})
    json.add(std::string(name_of(target)), target_json(report, target));
  Json faults = Json::Array{};
  for (const std::string& fault : report.faults) faults.push(fault);
  json.add("not_read", std::move(faults));
  return json;
}

}  // namespace toccata::cli
