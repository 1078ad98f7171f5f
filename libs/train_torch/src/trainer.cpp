// SPDX-License-Identifier: MIT
#include <toccata/train_torch/trainer.hpp>

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <torch/torch.h>

#include <toccata/base/json.hpp>
#include <toccata/ml/quantise.hpp>

#include "networks.hpp"

namespace toccata::train_torch {
namespace {

using learn::Material;
using learn::NetworkTask;
using learn::Window;
using torch::Tensor;

/// Played rows in one batch of a prediction, padding included.
constexpr std::size_t kRowsOnCpu = 8192, kRowsOnCuda = 262144;

/// What the mean of the weights keeps of itself in a step.
constexpr double kRemembered = 0.995;

std::int64_t whole(std::size_t value) { return static_cast<std::int64_t>(value); }

ml::Tensor stored(const std::string& name, const Tensor& tensor) {
  const Tensor here = tensor.detach().to(torch::kCPU, torch::kFloat32).contiguous();
  const std::vector<std::size_t> shape(here.sizes().begin(), here.sizes().end());
  return ml::make_tensor<float>(
      name, shape, std::span(here.data_ptr<float>(), static_cast<std::size_t>(here.numel())));
}

std::vector<std::size_t> shape_of(const Tensor& tensor) {
  return {tensor.sizes().begin(), tensor.sizes().end()};
}

Result<void, TrainError> fill(const Result<std::vector<float>, ml::TensorError>& values,
                              const Tensor& tensor) {
  if (!values) return Unexpected{TrainError{describe(values.error())}};
  const torch::NoGradGuard guard;
  tensor.copy_(torch::tensor(*values, torch::kFloat32).reshape(tensor.sizes()));
  return {};
}

/// What a trainer wrote itself.
Result<void, TrainError> restore(const ml::Weights& weights, const std::string& name,
                                 const Tensor& tensor) {
  return fill(weights.values<float>(name, shape_of(tensor)), tensor);
}

/// The length of a dimension of a plane.
Result<std::size_t, TrainError> length_in(const ml::Weights& weights, const std::string& name,
                                          std::size_t dimension) {
  const ml::Tensor* tensor = weights.find(name);
  if (tensor != nullptr && tensor->shape.size() == 2) return tensor->shape[dimension];
  return Unexpected{TrainError{describe(ml::TensorError{
      name, tensor == nullptr ? "nothing" : describe(*tensor), "one of two dimensions"})}};
}

Result<std::size_t, TrainError> number_in(const ml::Weights& weights, const std::string& name) {
  const auto found = weights.metadata.find(name);
  const auto number = found == weights.metadata.end() ? std::nullopt : Json(found->second).whole();
  if (number) return *number;
  return Unexpected{TrainError{
      fmt::format("metadata {}: found {}, but a whole number is needed", name,
                  found == weights.metadata.end() ? "none" : found->second.substr(0, 20))}};
}

}  // namespace

std::array<float, 2> range_of(Target target) {
  switch (target) {
    case Target::NoteVelocity: return {0.5F, 127.5F};
    case Target::BeatSlowness: return {-1.5F, 1.5F};
    case Target::ChordSlowness: return {-3, 3};
    case Target::Lag: return {-0.15F, 0.15F};
    case Target::Articulation: return {-4, 2.5F};
    case Target::PedalDown:
    case Target::PedalChange: break;
  }
  return {0, 1};
}

double share_of(Target target) { return target == Target::NoteVelocity ? 3 : 1; }

Result<NetworkShape, TrainError> shape_in(const ml::Weights& weights, const NetworkTask& task) {
  const std::string prefix = learn::name_of(task);
  NetworkShape shape;
  TOCCATA_TRY(shape.width, length_in(weights, prefix + ".embed.weight", 0));
  TOCCATA_TRY(shape.hidden, length_in(weights, prefix + ".lstm.weight_hh_l0", 1));
  shape.layers = 1;
  while (weights.find(fmt::format("{}.lstm.weight_hh_l{}", prefix, shape.layers)) != nullptr)
    ++shape.layers;
  TOCCATA_TRY(shape.heads, number_in(weights, prefix + ".heads"));
  TOCCATA_TRY(shape.block, number_in(weights, prefix + ".block"));
  const std::string player = learn::player_name(task, task.targets.front());
  TOCCATA_TRY(shape.player_hidden, length_in(weights, player + ".lstm.weight_hh_l0", 1));
  TOCCATA_TRY(shape.bins, length_in(weights, player + ".head.weight", 0));
  return shape;
}

struct Trainer::Inside {
  NetworkTask task;
  TrainerOptions options;
  Network network;
  std::vector<Tensor> parameters, first, second;  ///< and the means of gradients and their squares
  std::vector<Tensor> means;                      ///< of the parameters
  std::int64_t steps = 0;
  std::shared_ptr<const Rows> rows;
  Tensor loss_sum;
  std::int64_t loss_count = 0;

  Inside(const NetworkTask& task_, const Material& material, const TrainerOptions& options_)
      : task(task_),
        options(options_),
        network(task, material, options),
        parameters(network.parameters()) {
    for (const Tensor& parameter : parameters) {
      first.push_back(torch::zeros_like(parameter));
      second.push_back(torch::zeros_like(parameter));
      means.push_back(parameter.detach().clone());
    }
    loss_sum = torch::zeros({}, parameters.front().options());
  }

  /// One step of AdamW. Norms and biases do not decay.
  void improve(double rate) {
    constexpr double kFirst = 0.9, kSecond = 0.98, kLeast = 1e-8;
    const torch::NoGradGuard guard;
    std::vector<Tensor> norms;
    for (const Tensor& parameter : parameters) norms.push_back(parameter.grad().norm());
    const Tensor shrink = (options.clip / (torch::stack(norms).norm() + 1e-6)).clamp_max(1);
    const auto count = static_cast<double>(++steps);
    const double of_first = 1 - std::pow(kFirst, count), of_second = 1 - std::pow(kSecond, count);
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      const Tensor gradient = parameters[i].grad() * shrink;
      first[i].mul_(kFirst).add_(gradient, 1 - kFirst);
      second[i].mul_(kSecond).addcmul_(gradient, gradient, 1 - kSecond);
      if (parameters[i].dim() > 1) parameters[i].mul_(1 - rate * options.weight_decay);
      parameters[i].addcdiv_(first[i], (second[i] / of_second).sqrt() + kLeast, -rate / of_first);
      parameters[i].mutable_grad().reset();
      means[i].lerp_(parameters[i], 1 - std::min(kRemembered, count / (count + 10)));
    }
  }

  /// Puts the means in the parameters' place, or back: they change places.
  void exchange() {
    const torch::NoGradGuard guard;
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      const Tensor kept = parameters[i].detach().clone();
      parameters[i].copy_(means[i]);
      means[i].copy_(kept);
    }
  }
};

Trainer::Trainer(const NetworkTask& task, const Material& material, const TrainerOptions& options)
    : inside_(std::make_unique<Inside>(task, material, options)) {}
Trainer::~Trainer() = default;

void Trainer::use(const Material& material) {
  inside_->rows = make_rows(material, inside_->options.device);
}

void Trainer::step(std::span<const Window> batch, double rate) {
  Inside& in = *inside_;
  in.network.set_training(true);
  torch::manual_seed(
      Rng(in.options.seed).fork("step").fork(static_cast<std::uint64_t>(in.steps)).next());
  const Tensor loss = in.network.loss(*in.rows, batch);
  loss.backward();
  in.improve(rate);
  in.loss_sum += loss.detach();
  ++in.loss_count;
}

double Trainer::take_loss() {
  Inside& in = *inside_;
  const double mean =
      in.loss_sum.item<double>() / static_cast<double>(std::max<std::int64_t>(in.loss_count, 1));
  in.loss_sum.zero_();
  in.loss_count = 0;
  return mean;
}

std::vector<float> Trainer::predict(const Material& material) {
  Inside& in = *inside_;
  in.network.set_training(false);
  const torch::NoGradGuard guard;
  const auto rows = make_rows(material, in.options.device);
  in.exchange();
  std::vector<Window> windows = learn::whole_sequences(material);
  std::ranges::stable_sort(windows, std::ranges::greater(), &Window::rows);
  const std::size_t outputs = material.outputs();
  std::vector<float> foretold(material.played.size() / material.played_columns() * outputs);
  const std::size_t most = in.options.device == Device::Cuda ? kRowsOnCuda : kRowsOnCpu;
  for (std::size_t i = 0; i < windows.size();) {
    const std::size_t count =
        std::min(windows.size() - i, std::max<std::size_t>(most / windows[i].rows, 1));
    const std::span<const Window> batch = std::span(windows).subspan(i, count);
    const Tensor out = in.network.foretold(*rows, batch).to(torch::kCPU).contiguous();
    for (std::size_t b = 0; b < count; ++b)
      std::copy_n(out.data_ptr<float>() + whole(b) * out.size(1) * out.size(2),
                  batch[b].rows * outputs, foretold.data() + batch[b].played_row * outputs);
    i += count;
  }
  in.exchange();
  return foretold;
}

ml::Weights Trainer::weights() const {
  ml::Weights weights;
  inside_->exchange();
  for (const auto& [name, tensor] : inside_->network.tensors())
    weights.tensors.push_back(stored(name, tensor));
  inside_->exchange();
  const NetworkTask& task = inside_->task;
  const NetworkShape& shape = inside_->options.shape;
  const std::string name = learn::name_of(task);
  weights.metadata[name + ".heads"] = std::to_string(shape.heads);
  weights.metadata[name + ".block"] = std::to_string(shape.block);
  for (const Target target : task.targets)
    weights.metadata[learn::player_name(task, target) + ".reader"] = name;
  return weights;
}

Result<void, TrainError> Trainer::set_weights(const ml::Weights& weights) {
  const ml::Weights own = this->weights();
  for (const auto& [name, value] : own.metadata) {
    const auto found = weights.metadata.find(name);
    if (found == weights.metadata.end() || found->second != value)
      return Unexpected{TrainError{fmt::format(
          "metadata {}: found {}, but {} is needed", name,
          found == weights.metadata.end() ? "none" : found->second.substr(0, 20), value)}};
  }
  for (const auto& [name, tensor] : inside_->network.tensors()) {
    const auto values = ml::widened(weights, name, shape_of(tensor));
    if (values && !std::ranges::all_of(*values, [](float x) { return std::isfinite(x); }))
      return Unexpected{TrainError{fmt::format("tensor {}: holds what is no number", name)}};
    TOCCATA_CHECK(fill(values, tensor));
  }
  for (std::size_t i = 0; i < inside_->means.size(); ++i)
    inside_->means[i].copy_(inside_->parameters[i].detach());
  return {};
}

void Trainer::save_state(ml::Weights& state) const {
  const Inside& in = *inside_;
  for (const auto& [name, tensor] : in.network.tensors())
    state.tensors.push_back(stored("now." + name, tensor));
  for (std::size_t i = 0; i < in.parameters.size(); ++i) {
    state.tensors.push_back(stored(fmt::format("first.{}", i), in.first[i]));
    state.tensors.push_back(stored(fmt::format("second.{}", i), in.second[i]));
    state.tensors.push_back(stored(fmt::format("mean.{}", i), in.means[i]));
  }
  state.tensors.push_back(stored("loss", in.loss_sum));
  const std::int64_t counts[] = {in.steps, in.loss_count};
  state.tensors.push_back(ml::make_tensor<std::int64_t>("counts", {2}, counts));
}

Result<void, TrainError> Trainer::load_state(const ml::Weights& state) {
  Inside& in = *inside_;
  for (const auto& [name, tensor] : in.network.tensors())
    TOCCATA_CHECK(restore(state, "now." + name, tensor));
  for (std::size_t i = 0; i < in.parameters.size(); ++i) {
    TOCCATA_CHECK(restore(state, fmt::format("first.{}", i), in.first[i]));
    TOCCATA_CHECK(restore(state, fmt::format("second.{}", i), in.second[i]));
    TOCCATA_CHECK(restore(state, fmt::format("mean.{}", i), in.means[i]));
  }
  TOCCATA_CHECK(restore(state, "loss", in.loss_sum));
  const std::size_t two[] = {2};
  const auto counts = state.values<std::int64_t>("counts", two);
  if (!counts) return Unexpected{TrainError{describe(counts.error())}};
  in.steps = (*counts)[0];
  in.loss_count = (*counts)[1];
  return {};
}

}  // namespace toccata::train_torch
