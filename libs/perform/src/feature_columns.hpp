// SPDX-License-Identifier: MIT
// Helpers that the feature groups share.
#pragma once

#include <cmath>
#include <limits>

#include <toccata/base/elementary.hpp>
#include <toccata/perform/features.hpp>

namespace toccata {

inline constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// log2, for lengths and rates; NaN where there is no positive number.
inline double log2_or_missing(double x) { return x > 0 ? exact_log2(x) : kMissing; }

/// Adds a column whose rows are what `value` says of each place.
template <class Value>
void add_column(NoteFeatures& features, std::string_view name, const Value& value) {
  const auto column = features.add(name);
  for (std::size_t place = 0; place < column.size(); ++place)
    column[place] = static_cast<float>(value(place));
}

/// Sums over notes by their place, so that any stretch of notes is summed at once.
class RunningSums {
 public:
  template <class Value>
  RunningSums(std::size_t count, const Value& value) : sums_(count + 1) {
    for (std::size_t i = 0; i < count; ++i) sums_[i + 1] = sums_[i] + value(i);
  }
  double over(std::size_t first, std::size_t end) const { return sums_[end] - sums_[first]; }
  double mean(std::size_t first, std::size_t end) const {
    return end > first ? over(first, end) / static_cast<double>(end - first) : kMissing;
  }

 private:
  std::vector<double> sums_;
};

/// Places of the notes that begin in [from, to), in quarters.
struct Places {
  std::size_t first, end;
  std::size_t size() const { return end - first; }
};
Places places_between(const PlayingOrder& order, double from, double to);

/// The groups of score_features, each adding its columns.
void add_note_columns(const PlayingOrder& order, NoteFeatures& features);
void add_meter_columns(const PlayingOrder& order, NoteFeatures& features);
void add_line_columns(const PlayingOrder& order, NoteFeatures& features);
void add_texture_columns(const PlayingOrder& order, NoteFeatures& features);
void add_neighbour_columns(const PlayingOrder& order, NoteFeatures& features);
void add_harmony_columns(const PlayingOrder& order, NoteFeatures& features);
void add_piece_columns(const PlayingOrder& order, NoteFeatures& features);

}  // namespace toccata
