// SPDX-License-Identifier: MIT
// The training of one network, from its first step to its best weights, with stops in between.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <toccata/learn/prepared.hpp>
#include <toccata/train_torch/trainer.hpp>

namespace toccata::train_torch {

/// What is drawn anew for each piece in each epoch.
struct Augmentation {
  bool keys = false;       ///< one of the twelve
  bool stretch = false;    ///< all times, by 0.8 to 1.25
  bool inversion = false;  ///< loud and soft exchanged, of every second piece
  friend bool operator==(const Augmentation&, const Augmentation&) = default;
};

struct TrainingOptions {
  TrainerOptions trainer;
  std::size_t epochs = 30;
  std::size_t patience = 6;           ///< epochs without a better validation after which it ends
  std::size_t batch = 32;             ///< windows in a step
  std::size_t window = 256;           ///< notes in one; a multiple of the attention's block
  std::size_t most_performances = 8;  ///< of a piece in an epoch
  double rate = 0.003;                ///< the highest
  double warm_up = 0.05;              ///< share of the training
  Augmentation augmentation;
  double checkpoint_seconds = 120;
  /// After so long it ends, in the middle of an epoch too, the rate having fallen accordingly; what
  /// it has come to is validated and counts as an epoch. 0: by its epochs alone. How far it comes
  /// depends on the machine then, and so do its weights.
  double minutes = 0;
};

/// What the steps of an epoch have come to.
struct EpochReport {
  std::size_t epoch = 0;   ///< from 1
  double loss = 0;         ///< see Trainer::take_loss
  double validation = 0;   ///< 1 - R2 of the validation pieces, mean of the outputs by their shares
  std::vector<double> r2;  ///< of each output: of the targets, then as the players foretell theirs
};

/// Told while it goes on, by the thread that trains.
struct TrainingEvents {
  /// The share of all epochs, the loss so far, notes a second.
  std::function<void(double done, double loss, double notes_per_second)> progress;
  std::function<void(const EpochReport&)> epoch;
  /// What Begin::checkpoint goes on from: every few minutes, after each epoch, and where time is up
  /// before one has ended. False ends the training.
  std::function<bool(const ml::Weights& checkpoint)> checkpoint;
};

struct TrainedNetwork {
  ml::Weights weights;  ///< those that foretold the validation pieces best
  std::vector<EpochReport> epochs;
  std::size_t best_epoch = 0;
  double seconds = 0;  ///< of training, those before a stop not counted
};

/// Where a training begins.
struct Begin {
  const ml::Weights* from = nullptr;        ///< weights of such a network, to go on from
  const ml::Weights* checkpoint = nullptr;  ///< of this training
};

/// Trains a network. On the processor, with as many threads, the same pieces and options give the
/// same weights, whether it was stopped and went on from a checkpoint or not.
///
/// Each epoch draws performances of each piece, each piece's variation, and windows; the rate rises
/// and then falls as a cosine does. Range: some performances on both sides, options in range.
/// Errors: weights that do not fit; a checkpoint that is damaged or of another training; a loss
/// that is no number.
Result<TrainedNetwork, TrainError> train_network(
    const learn::NetworkTask& task, std::span<const learn::PreparedPiece* const> training,
    std::span<const learn::PreparedPiece* const> validation, const TrainingOptions& options,
    const Begin& begin, const TrainingEvents& events, const learn::Running& running = {});

}  // namespace toccata::train_torch
