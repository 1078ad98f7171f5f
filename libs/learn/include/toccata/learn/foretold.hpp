// SPDX-License-Identifier: MIT
// What a model says of performances, beside what was heard.
#pragma once

#include <span>
#include <vector>

#include <toccata/learn/expression_fit.hpp>

namespace toccata::learn {

/// The rows that expression_rows() makes of the same pieces, without their columns.
struct Foretold {
  HeardRows rows;
  std::vector<double> predicted;  ///< one a row
};

/// Piece by piece, on all cores; the result is the same on any number of them. Empty where the
/// model lacks the learner. Cost: memory in proportion to the rows, and to the columns of a piece a
/// core.
Foretold foretell(const ExpressionModel& model, const ExpressionTask& task,
                  std::span<const PreparedPiece* const> pieces, const Running& running = {});

}  // namespace toccata::learn
