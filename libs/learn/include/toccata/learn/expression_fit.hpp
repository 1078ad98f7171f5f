// SPDX-License-Identifier: MIT
// Training the learners of a performer: which there are, and each from its rows.
#pragma once

#include <span>
#include <vector>

#include <toccata/learn/boosting.hpp>
#include <toccata/learn/expression_rows.hpp>

namespace toccata::learn {

/// One learner to be trained.
struct ExpressionTask {
  ExpressionModel::Learner learner;
  Target target;
  Inputs inputs;
  friend bool operator==(const ExpressionTask&, const ExpressionTask&) = default;
};
/// All that a model has, in the order in which they are trained.
std::vector<ExpressionTask> expression_tasks();
/// Those of them that scores made from performances can teach (PreparedSet::made_scores): loudness
/// and pedal, from what perform uses.
std::vector<ExpressionTask> made_score_tasks();
/// "model.velocity.score_marks".
std::string name_of(const ExpressionTask& task);

/// Which level the velocities of a performance have.
enum class Level : std::uint8_t {
  AsPlayed,
  Usual,  ///< each performance is moved to the mean kUsualLevel: nothing but its shape counts
};
inline constexpr double kUsualLevel = 80;  ///< that of plain performances
/// Brings the targets of each performance to a level.
void bring_to(Level level, HeardRows& rows);

struct ExpressionFitOptions {
  std::size_t most_performances =
      8;  ///< of a piece, where each is a row: famous ones would drown the rest
  /// Of velocities. Usual where nothing on the page tells how loud a performance is as a whole.
  Level level = Level::AsPlayed;
};

struct FittedLearner {
  ml::Trees trees;
  std::vector<double> importances;      ///< of columns_of(target, inputs)
  std::vector<double> validation_rmse;  ///< after each tree; empty for the baseline
  std::size_t rows = 0;                 ///< learned from
};

/// Trains one.
///
/// The baseline is boosting as it comes: 100 trees of depth 6, a row for each note played. The
/// model grows 24 to 128 leaves best first from a share of rows and columns, keeps as many trees as
/// serve the validation pieces best, and where its inputs are the same for all players learns from
/// the mean of them. docs/expression.md has the figures that led there.
/// Errors: see FitError.
Result<FittedLearner, FitError> fit_expression(const ExpressionTask& task,
                                               std::span<const PreparedPiece* const> training,
                                               std::span<const PreparedPiece* const> validation,
                                               const ExpressionFitOptions& options, const Rng& rng,
                                               const Running& running = {});

}  // namespace toccata::learn
