// SPDX-License-Identifier: MIT
#include "checkpoint.hpp"

#include <fmt/format.h>

#include <toccata/base/json.hpp>

namespace toccata::train_torch {
namespace {

constexpr const char* kProgress = "progress";
constexpr const char* kChecksum = "checksum";
constexpr std::string_view kBest = "best.";

std::string checksum_of(const ml::Weights& checkpoint) {
  std::uint64_t sum = 0;
  for (const auto& [name, value] : checkpoint.metadata)
    if (name != kChecksum) sum = sum * 31 + stable_hash(name + "=" + value);
  for (const ml::Tensor& tensor : checkpoint.tensors)
    sum = sum * 31 + stable_hash(tensor.name) + stable_hash(as_text(tensor.bytes.view()));
  return fmt::format("{:016x}", sum);
}

Unexpected<TrainError> damaged(std::string_view what) {
  return Unexpected{TrainError{fmt::format("the checkpoint is damaged: {}", what)}};
}

double number_in(const Json& json, std::string_view name) {
  const Json* value = json.find(name);
  return value == nullptr ? 0 : value->number().value_or(0);
}

}  // namespace

ml::Weights to_weights(const TrainingProgress& progress) {
  ml::Weights weights;
  Json epochs = Json::Array{};
  for (const EpochReport& report : progress.epochs) {
    Json r2 = Json::Array{};
    for (const double value : report.r2) r2.push(value);
    epochs.push(Json::Object{
        {"loss", report.loss}, {"validation", report.validation}, {"r2", std::move(r2)}});
  }
  Json json;
  json.add("epoch", static_cast<std::int64_t>(progress.epoch));
  json.add("step", static_cast<std::int64_t>(progress.step));
  json.add("best_epoch", static_cast<std::int64_t>(progress.best_epoch));
  json.add("best_validation", progress.best_validation);
  json.add("epochs", std::move(epochs));
  weights.metadata[kProgress] = to_text(json, JsonLayout::Compact);
  for (const auto& [name, value] : progress.best.metadata)
    weights.metadata[std::string(kBest) + name] = value;
  for (ml::Tensor tensor : progress.best.tensors) {
    tensor.name = std::string(kBest) + tensor.name;
    weights.tensors.push_back(std::move(tensor));
  }
  return weights;
}

void seal(ml::Weights& checkpoint) { checkpoint.metadata[kChecksum] = checksum_of(checkpoint); }

Result<TrainingProgress, TrainError> progress_in(const ml::Weights& checkpoint) {
  const auto sum = checkpoint.metadata.find(kChecksum);
  if (sum == checkpoint.metadata.end() || sum->second != checksum_of(checkpoint))
    return damaged("its checksum does not hold");
  const auto text = checkpoint.metadata.find(kProgress);
  const auto json = parse_json(text == checkpoint.metadata.end() ? "" : text->second);
  const Json* epochs = json ? json->find("epochs") : nullptr;
  if (epochs == nullptr || epochs->array() == nullptr)
    return damaged("it does not say how far it is");
  TrainingProgress progress;
  progress.epoch = static_cast<std::size_t>(number_in(*json, "epoch"));
  progress.step = static_cast<std::size_t>(number_in(*json, "step"));
  progress.best_epoch = static_cast<std::size_t>(number_in(*json, "best_epoch"));
  progress.best_validation = number_in(*json, "best_validation");
  for (const Json& entry : *epochs->array()) {
    EpochReport report{
        progress.epochs.size() + 1, number_in(entry, "loss"), number_in(entry, "validation"), {}};
    if (const Json* r2 = entry.find("r2"); r2 != nullptr && r2->array() != nullptr)
      for (const Json& value : *r2->array()) report.r2.push_back(value.number().value_or(0));
    progress.epochs.push_back(std::move(report));
  }
  for (const auto& [name, value] : checkpoint.metadata)
    if (name.starts_with(kBest)) progress.best.metadata[name.substr(kBest.size())] = value;
  for (ml::Tensor tensor : checkpoint.tensors) {
    if (!tensor.name.starts_with(kBest)) continue;
    tensor.name.erase(0, kBest.size());
    progress.best.tensors.push_back(std::move(tensor));
  }
  return progress;
}

}  // namespace toccata::train_torch
