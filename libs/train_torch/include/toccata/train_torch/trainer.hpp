// SPDX-License-Identifier: MIT
// A network of docs/training.md in LibTorch: taken a step further, asked, written down.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <toccata/learn/network_material.hpp>
#include <toccata/ml/weights.hpp>
#include <toccata/train_torch/device.hpp>

namespace toccata::train_torch {

struct NetworkShape {
  std::size_t width = 96;          ///< of the embedding
  std::size_t hidden = 96;         ///< of the encoder's LSTM, each way
  std::size_t layers = 2;          ///< of it
  std::size_t heads = 4;           ///< of the attention; divides 2 * hidden
  std::size_t block = 128;         ///< notes that attend to each other
  std::size_t player_hidden = 96;  ///< of a player's own LSTM
  std::size_t bins = 64;           ///< of a player's values
  friend bool operator==(const NetworkShape&, const NetworkShape&) = default;
};

/// The shape of the network `task` in a file. Errors: tensors and metadata that are missing or say
/// no shape, by name. Range: what is found may be of any size.
Result<NetworkShape, TrainError> shape_in(const ml::Weights& weights,
                                          const learn::NetworkTask& task);

struct TrainerOptions {
  NetworkShape shape;
  double dropout = 0.2;         ///< of activations
  double column_dropout = 0.3;  ///< of columns, for a whole window at once
  double weight_decay = 0.01;
  double clip = 1;  ///< the longest gradient
  std::uint64_t seed = 42;
  Device device = Device::Cpu;
};

/// One network and its optimiser (AdamW). What it foretells and writes down is the running mean of
/// its weights over the last steps, which foretells better than those of any one step.
///
/// On the processor the same calls on the same number of threads give the same bits. What is drawn
/// in a step depends on the seed and the step's number alone.
/// Source: Loshchilov and Hutter 2019, Decoupled weight decay regularization; Polyak and Juditsky
/// 1992 (the mean of weights).
class Trainer {
 public:
  /// Its first weights are drawn; numbers are standardised by what `material` holds.
  /// Range: begin() was called.
  Trainer(const learn::NetworkTask& task, const learn::Material& material,
          const TrainerOptions& options);
  Trainer(const Trainer&) = delete;
  Trainer& operator=(const Trainer&) = delete;
  ~Trainer();

  /// Hands over what the windows of the next steps are cut from.
  void use(const learn::Material& material);
  /// One step on a batch. Range: windows of what was handed over last.
  void step(std::span<const learn::Window> batch, double rate);
  /// The mean loss of the steps since it was last asked: the squared error over each target's
  /// variance, their mean by share_of(), and three times the mean over the players of the negative
  /// log likelihood of the bin, in nats.
  double take_loss();

  /// What it foretells: material.outputs() numbers for each played row, in the targets' units; of a
  /// player the expected value, told the true past.
  std::vector<float> predict(const learn::Material& material);

  /// The network, its tensors' names beginning with name_of(task) or with its players' names.
  ml::Weights weights() const;
  /// Goes on from the weights of such a network, in float32 or made smaller (ml::quantise). Errors:
  /// tensors that are missing or have other shapes; other heads or blocks; players of another
  /// reader.
  Result<void, TrainError> set_weights(const ml::Weights& weights);
  /// All that the next step depends on, as tensors; and back.
  void save_state(ml::Weights& state) const;
  Result<void, TrainError> load_state(const ml::Weights& state);

 private:
  struct Inside;
  std::unique_ptr<Inside> inside_;
};

/// The range of a player's bins, as lowest and highest value.
std::array<float, 2> range_of(Target target);
/// How much a target counts where a network has several: the loudness of notes is heard first.
double share_of(Target target);

}  // namespace toccata::train_torch
