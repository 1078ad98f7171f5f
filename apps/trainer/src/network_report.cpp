// SPDX-License-Identifier: MIT
#include "network_report.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toccata/perform/past.hpp>
#include <toccata/version.hpp>

#include "charts.hpp"

namespace toccata::cli {
namespace {

Json to_json(const NetworkFigures& row) {
  const auto& figures = row.figures;
  return Json::Object{{"name", row.name},
                      {"target", std::string(name_of(row.target))},
                      {"form", row.form == learn::Form::Page ? "page" : "midi"},
                      {"side", std::string(learn::name_of(row.side))},
                      {"r2", figures.r2},
                      {"mae", figures.mae},
                      {"r2_within", figures.r2_within},
                      {"r2_median_per_performance", figures.r2_median_per_performance},
                      {"ci95", Json::Array{figures.ci95[0], figures.ci95[1]}},
                      {"rows", static_cast<std::int64_t>(figures.rows)},
                      {"performances", static_cast<std::int64_t>(figures.performances)},
                      {"compositions", static_cast<std::int64_t>(figures.compositions)},
                      {"deviation", row.spread.deviation},
                      {"persistence", row.spread.persistence}};
}

std::string to_text(const train_torch::NetworkShape& shape) {
  return fmt::format(
      "embedding {}, bidirectional LSTM of {} layers of {} each way, attention of {} heads in "
      "blocks of {} notes; players: LSTM of {}, {} bins",
      shape.width, shape.layers, shape.hidden, shape.heads, shape.block, shape.player_hidden,
      shape.bins);
}

/// Each shape once, and whose it is where there are several.
std::string shapes_of(std::span<const NetworkResult> results) {
  std::vector<std::pair<train_torch::NetworkShape, std::string>> shapes;
  for (const NetworkResult& result : results) {
    auto same = std::ranges::find(shapes, result.shape, [](const auto& row) { return row.first; });
    if (same == shapes.end()) same = shapes.insert(same, {result.shape, ""});
    same->second += (same->second.empty() ? "" : ", ") + learn::name_of(result.task);
  }
  if (shapes.size() == 1) return to_text(shapes.front().first);
  std::string text;
  for (const auto& [shape, names] : shapes)
    text += fmt::format("{}{}: {}", text.empty() ? "" : "; ", names, to_text(shape));
  return text;
}

/// Of the data and of the model that the networks went on from, whose terms hold for them too.
std::string licence_of(const NetworkOrigin& origin) {
  if (!origin.model) return origin.data.licence;
  const auto& metadata = origin.model->weights.metadata;
  const auto licence = metadata.find("licence");
  return fmt::format("{}; went on from {}: {}", origin.data.licence, origin.model->name,
                     licence == metadata.end() ? "unknown licence" : licence->second);
}

std::size_t numbers_in(const ml::Weights& weights) {
  std::size_t count = 0;
  for (const ml::Tensor& tensor : weights.tensors) count += tensor.count();
  return count;
}

}  // namespace

std::string columns_text(const learn::NetworkTask& task) {
  auto columns = learn::piece_columns(task);
  const auto timing = learn::timing_columns(task);
  columns.insert(columns.end(), timing.begin(), timing.end());
  return fmt::format("{}", fmt::join(columns, ","));
}

std::string past_text(toccata::Target target) {
  return fmt::format("{}", fmt::join(past_names(target), ","));
}

std::string to_text(std::span<const NetworkFigures> figures) {
  std::string text =
      "| network | target | pieces | R2 | 95 % interval | within a performance | median "
      "performance | MAE | rows |\n|---|---|---|---|---|---|---|---|---|\n";
  for (const NetworkFigures& row : figures)
    text += fmt::format(
        "| {} | {} | {}{} | {:.4f} | {:.3f} to {:.3f} | {:.4f} | {:.4f} | {:.4g} "
        "| {} |\n",
        row.name, name_of(row.target), learn::name_of(row.side),
        row.form == learn::Form::Page ? "" : ", as MIDI", row.figures.r2, row.figures.ci95[0],
        row.figures.ci95[1], row.figures.r2_within, row.figures.r2_median_per_performance,
        row.figures.mae, row.figures.rows);
  return text;
}

Json to_json(const NetworkResult& result) {
  Json epochs = Json::Array{}, figures = Json::Array{};
  for (const auto& epoch : result.trained.epochs) {
    Json r2 = Json::Array{};
    for (const double value : epoch.r2) r2.push(value);
    epochs.push(Json::Object{
        {"loss", epoch.loss}, {"validation", epoch.validation}, {"r2", std::move(r2)}});
  }
  for (const NetworkFigures& row : result.figures) figures.push(to_json(row));
  return Json::Object{{"network", learn::name_of(result.task)},
                      {"best_epoch", static_cast<std::int64_t>(result.trained.best_epoch)},
                      {"seconds", result.trained.seconds},
                      {"figures", std::move(figures)},
                      {"epochs", std::move(epochs)}};
}

std::string report_of(const NetworkRun& run, const learn::PackedFrom& from, const Sides& sides,
                      std::span<const NetworkResult> results) {
  std::string text = fmt::format(
      "# Expression by networks, split by composition\n\nData {} ({}), seed {}. {} pieces to learn "
      "from, {} to validate on, {} to test on; at most {} performances of a piece in an epoch. "
      "Weights were chosen by the validation pieces alone.\n\n",
      from.data, from.licence, run.training.trainer.seed, sides.training.size(),
      sides.validation.size(), sides.test.size(), run.training.most_performances);
  for (const NetworkResult& result : results)
    text += fmt::format("- {}: {} numbers, epoch {} of {} was best, {:.0f} s\n",
                        learn::name_of(result.task), numbers_in(result.trained.weights),
                        result.trained.best_epoch, result.trained.epochs.size(),
                        result.trained.seconds);
  text += "\n";
  std::vector<NetworkFigures> all;
  for (const NetworkResult& result : results)
    all.insert(all.end(), result.figures.begin(), result.figures.end());
  return text + to_text(all);
}

std::string curves_of(std::span<const NetworkResult> results) {
  Figure figure("Losses while training");
  for (const NetworkResult& result : results) {
    LinePanel panel{
        learn::name_of(result.task), "epoch", {}, {{"training", {}}, {"validation, 1 - R2", {}}}};
    for (const auto& epoch : result.trained.epochs) {
      panel.places.push_back(static_cast<double>(epoch.epoch));
      panel.series[0].values.push_back(epoch.loss);
      panel.series[1].values.push_back(epoch.validation);
    }
    if (panel.places.size() >= 2) figure.add(panel);
  }
  return figure.svg();
}

std::string card_of(const NetworkRun& run, const NetworkOrigin& origin,
                    std::span<const NetworkResult> results) {
  std::string text = fmt::format(
      "# {}-networks\n\nNetworks of expression, trained by toccata-train {}.\n\n- Architecture: "
      "{}.\n- Data: {}; licence: {}. Weights learned from it are under its terms.\n- Protocol: "
      "split by composition; seed {}; augmentation: {}.\n- Networks: ",
      origin.data.data, version(), shapes_of(results), origin.data.data, licence_of(origin),
      run.training.trainer.seed,
      to_json(run).find("augment")->text()->empty() ? "none"
                                                    : *to_json(run).find("augment")->text());
  for (const NetworkResult& result : results) {
    text += (&result == &results.front() ? "" : ", ") + learn::name_of(result.task);
    for (const toccata::Target target : result.task.targets)
      text += ", " + learn::player_name(result.task, target);
  }
  text +=
      ".\n- Meant for: piano music, written or performed, from a score. Not for: judging "
      "players.\n\n";
  for (const NetworkResult& result : results) text += to_text(result.figures) + "\n";
  return text;
}

ml::Weights weights_of(const NetworkRun& run, const NetworkOrigin& origin,
                       std::span<const NetworkResult> results) {
  ml::Weights weights;
  for (const NetworkResult& result : results) {
    const ml::Weights& own = result.trained.weights;
    weights.metadata.insert(own.metadata.begin(), own.metadata.end());
    weights.tensors.insert(weights.tensors.end(), own.tensors.begin(), own.tensors.end());
    const std::string name = learn::name_of(result.task);
    weights.metadata[name + ".columns"] = columns_text(result.task);
    for (const toccata::Target target : result.task.targets)
      weights.metadata[learn::player_name(result.task, target) + ".past"] = past_text(target);
  }
  weights.metadata["format"] = "toccata.expression/1";  // performers read it as any model
  weights.metadata["name"] = origin.data.data + "-networks";
  weights.metadata["version"] = std::string(version());
  weights.metadata["architecture"] = shapes_of(results);
  weights.metadata["protocol"] = "pieces";
  weights.metadata["data"] = origin.data.data;
  weights.metadata["licence"] = licence_of(origin);
  weights.metadata["seed"] = std::to_string(run.training.trainer.seed);
  return weights;
}

}  // namespace toccata::cli
