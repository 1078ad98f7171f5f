// SPDX-License-Identifier: MIT
#include <toccata/perform/features.hpp>

#include <algorithm>

#include "feature_columns.hpp"

namespace toccata {

std::span<float> NoteFeatures::add(std::string_view name) {
  names_.emplace_back(name);
  values_.resize(values_.size() + rows_, std::numeric_limits<float>::quiet_NaN());
  return std::span(values_).last(rows_);
}

void NoteFeatures::append(const NoteFeatures& other) {
  names_.insert(names_.end(), other.names_.begin(), other.names_.end());
  values_.insert(values_.end(), other.values_.begin(), other.values_.end());
}

Places places_between(const PlayingOrder& order, double from, double to) {
  const auto chords = order.chords();
  const auto at = [&](double quarter) -> std::size_t {
    const auto found = std::ranges::lower_bound(
        chords, quarter, {}, [&](const PlacedChord& chord) { return order.quarters(chord.onset); });
    return found == chords.end() ? order.notes().size() : found->first;
  };
  return {at(from), at(to)};
}

NoteFeatures score_features(const PlayingOrder& order) {
  NoteFeatures features(order.notes().size());
  add_note_columns(order, features);
  add_meter_columns(order, features);
  add_line_columns(order, features);
  add_texture_columns(order, features);
  add_neighbour_columns(order, features);
  add_harmony_columns(order, features);
  add_piece_columns(order, features);
  return features;
}

}  // namespace toccata
