// SPDX-License-Identifier: MIT
// Tables for a learned performer: what is to be predicted, note by note, from aligned pieces.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include <toccata/learn/aligned.hpp>
#include <toccata/learn/table.hpp>
#include <toccata/perform/expression_model.hpp>

namespace toccata::learn {

/// A piece and the columns that do not depend on who plays it.
struct PreparedPiece {
  AlignedPiece piece;
  NoteFeatures score, marks;

  explicit PreparedPiece(AlignedPiece&& aligned);
};

/// What was heard, element by element.
struct HeardRows {
  std::vector<float> targets;
  /// Of each row: the performance, counted over all pieces, and the composition, counted by name.
  std::vector<std::uint32_t> performance, composition;
};

/// Rows of one target from one kind of inputs.
struct ExpressionRows : HeardRows {
  Table table;
};

/// Who counts in a row.
enum class Players : std::uint8_t {
  Each,  ///< a row for every performance
  Mean,  ///< one row an element, with the mean of all: from inputs that no performance changes
};
struct RowOptions {
  Players players = Players::Each;
  std::size_t most_performances = 1000;  ///< of one piece; the first ones
};
/// Every element (note, chord or beat, by the target) whose target was heard, in order.
/// Range: Players::Mean with Inputs::Score and Inputs::Marks alone.
/// Cost: O(rows * columns); 8 bytes a number at most, 4 of what is returned.
ExpressionRows expression_rows(std::span<const PreparedPiece* const> pieces, Target target,
                               Inputs inputs, const RowOptions& options = {});

/// How far players are from what a model expects, by their differences over the rows: their
/// deviation, and how alike the next one in a performance is.
Spread spread_of(const HeardRows& rows, std::span<const double> predicted);

}  // namespace toccata::learn
