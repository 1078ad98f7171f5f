// SPDX-License-Identifier: MIT
// What a learned performer is told of each note: numbers of the score, its marks, the timing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/ml/trees.hpp>
#include <toccata/perform/playing_order.hpp>
#include <toccata/score/performance.hpp>

namespace toccata {

/// Named columns of numbers, one row a note of a PlayingOrder; NaN where there is none.
class NoteFeatures {
 public:
  explicit NoteFeatures(std::size_t rows) : rows_(rows) {}

  std::size_t rows() const { return rows_; }
  const std::vector<std::string>& names() const { return names_; }
  std::span<const float> column(std::size_t index) const {
    return std::span(values_).subspan(index * rows_, rows_);
  }
  ml::FeatureView view() const { return {values_, rows_, 1, rows_}; }

  /// Adds a column of NaN to be written to; the span is valid until the next one is added.
  std::span<float> add(std::string_view name);
  /// Adds all columns of another. Range: the same number of rows.
  void append(const NoteFeatures& other);

 private:
  std::size_t rows_;
  std::vector<std::string> names_;
  std::vector<float> values_;  ///< column after column
};

/// What stands in the notes alone: pitch, length, place in the bar, harmony, lines, texture, what
/// comes before and after. Tempo is the written one. docs/expression.md lists the columns.
/// Cost: O(n log n).
NoteFeatures score_features(const PlayingOrder& order);

/// What the page says of how to play: dynamics, hairpins, accents, articulation, slurs; and, where
/// the score came with velocities of its own (`written`; null without), these.
/// Cost: O(n log n).
NoteFeatures mark_features(const PlayingOrder& order, const Performance* written);

/// When a point of the score is played.
struct PlayedBeat {
  double quarter;  ///< from the start of the score
  double seconds;
};
/// When each note is played. Units: seconds; NaN where a note is not played.
struct PlayedTimes {
  std::vector<double> onset, end;      ///< one a note of the order
  std::vector<PlayedBeat> beats = {};  ///< where someone has marked them, in order
};
/// How the notes are timed: local tempo, time between onsets, spread of chords, articulation.
/// Range: `times` has one entry a note. Cost: O(n log n).
NoteFeatures timing_features(const PlayingOrder& order, const PlayedTimes& times);

}  // namespace toccata
