// SPDX-License-Identifier: MIT
// Training a drummer: rows of takes, the means to be beaten, and boosting.
#pragma once

#include <span>

#include <toccata/learn/boosting.hpp>
#include <toccata/learn/drum_takes.hpp>
#include <toccata/learn/expression_rows.hpp>
#include <toccata/perform/drum_model.hpp>

namespace toccata::learn {

/// A row a stroke. A take is both performance and composition: it is improvised.
ExpressionRows drum_rows(std::span<const DrumTake* const> takes, DrumTarget target);

/// The mean of each drum at each place of the bar; of a place where it was never struck, the drum's
/// mean, and of a drum that never was, the mean of all.
DrumMeans drum_means(std::span<const DrumTake* const> takes, DrumTarget target);
/// What they foretell, a number a row of drum_rows.
std::vector<double> predict(const DrumMeans& means, std::span<const DrumTake* const> takes);

struct FittedDrums {
  ml::Trees trees;
  std::vector<double> importances;      ///< of drum_columns()
  std::vector<double> validation_rmse;  ///< after each tree
  std::size_t rows = 0;                 ///< learned from
};

/// Trains one target: boosting that stops when the validation takes say so.
/// Errors: see FitError.
Result<FittedDrums, FitError> fit_drums(std::span<const DrumTake* const> training,
                                        std::span<const DrumTake* const> validation,
                                        DrumTarget target, const Rng& rng,
                                        const Running& running = {});
/// What a model keeps of it: the trees, the means beside them, and how drummers differ from the
/// trees in the validation takes.
DrumModel::Learner drum_learner(ml::Trees trees, std::span<const DrumTake* const> training,
                                std::span<const DrumTake* const> validation, DrumTarget target);

}  // namespace toccata::learn
