// SPDX-License-Identifier: MIT
// How far a training has come, as it is kept in a file.
#pragma once

#include <toccata/train_torch/training.hpp>

namespace toccata::train_torch {

struct TrainingProgress {
  std::size_t epoch = 0, step = 0;  ///< the next ones, from 0
  std::size_t best_epoch = 0;       ///< from 1; 0 before the first has ended
  double best_validation = 0;
  std::vector<EpochReport> epochs;
  ml::Weights best;
};

ml::Weights to_weights(const TrainingProgress& progress);
/// Adds a checksum over all that was put in.
void seal(ml::Weights& checkpoint);
/// Errors: a checksum that does not hold, something that is missing.
Result<TrainingProgress, TrainError> progress_in(const ml::Weights& checkpoint);

}  // namespace toccata::train_torch
