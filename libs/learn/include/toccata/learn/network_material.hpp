// SPDX-License-Identifier: MIT
// What a network is trained or tried on: rows of numbers, a row a note, and the windows cut from
// them.
#pragma once

#include <span>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/learn/expression_rows.hpp>
#include <toccata/learn/fitting.hpp>
#include <toccata/learn/network_task.hpp>

namespace toccata::learn {

/// One performance of one piece: rows [first, first + rows) of both tables.
struct Sequence {
  std::size_t piece_row;   ///< first of the piece's
  std::size_t played_row;  ///< first of the performance's
  std::size_t rows;
  std::uint32_t piece, composition;  ///< counted over the material's pieces; by name
  float weight;                      ///< of each row: performances of a piece together count as one
};

/// Rows lie one after the other; NaN where there is no number.
struct Material {
  std::size_t piece_columns = 0;  ///< of `pieces`
  // Of `played`, in this order:
  std::size_t timing = 0;          ///< columns of the performance's timing
  std::vector<std::size_t> pasts;  ///< of each target, how many numbers its player is told
  std::size_t targets = 0;         ///< columns of what is foretold
  std::vector<float> pieces, played;
  std::vector<Sequence> sequences;

  std::size_t past() const;  ///< numbers of all players' pasts
  std::size_t played_columns() const { return timing + past() + targets; }
  /// What is foretold of a row: the targets, then each player's.
  std::size_t outputs() const { return 2 * targets; }
  std::size_t target_of(std::size_t output) const { return output % targets; }
  std::span<const float> targets_of(std::size_t played_row) const {
    return std::span(played).subspan(played_row * played_columns() + timing + past(), targets);
  }
};

/// Gathers up to `most` performances of each piece, drawn; all, in their order, where there are no
/// more. A target of beats or chords stands at the note that stands for them. The past of a note is
/// that of the first element that is not before it.
/// The result is the same on any number of threads.
/// Cost: O(notes * columns); a microsecond a note and a core for timing, half of one for the past.
Material gather_material(std::span<const PreparedPiece* const> pieces, const NetworkTask& task,
                         std::size_t most, const Rng& rng, const Running& running = {});

/// A stretch of a sequence.
struct Window {
  std::size_t piece_row, played_row, rows;
  float weight;
};
/// As many windows of `length` rows as cover each sequence once, in an order of their own: the
/// first and the last at its ends, those between near where they would lie side by side. A
/// sequence that is shorter is one window. Range: length at least 1.
std::vector<Window> draw_windows(const Material& material, std::size_t length, Rng rng);
/// Each sequence as one window.
std::vector<Window> whole_sequences(const Material& material);

/// Rows of one output's target, without a table, and what was predicted of it: `predicted` has
/// material.outputs() numbers for each played row.
struct PredictedRows {
  ExpressionRows rows;
  std::vector<double> predicted;
};
PredictedRows predicted_rows(const Material& material, std::size_t output,
                             std::span<const float> predicted);

/// Mean and 1 / deviation of each column, over rows that have a number; 0 for the second where all
/// are the same.
struct Standard {
  std::vector<float> mean, scale;
};
/// Of columns [first, first + count) of a table.
Standard standard_of(std::span<const float> table, std::size_t columns, std::size_t first,
                     std::size_t count);

}  // namespace toccata::learn
