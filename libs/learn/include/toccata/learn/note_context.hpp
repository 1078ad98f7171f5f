// SPDX-License-Identifier: MIT
// What lies around a note and is no feature of it: by this errors are told apart.
#pragma once

#include <limits>
#include <span>
#include <vector>

#include <toccata/learn/note_wise.hpp>

namespace toccata::learn {

inline constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

/// Around one note; NaN where it is not known.
struct NoteContext {
  float previous_velocity = kUnknown;  ///< of the row before
  /// Meter::weight_at of its onset: 1 on a bar line. Known where the file has a meter and the
  /// onsets keep to its grid; recordings of free playing have bars that mean nothing.
  float beat_weight = kUnknown;
  /// How unevenly the onsets within six places follow each other: deviation over mean.
  float unevenness = kUnknown;
};

/// One for each row of that file. Cost: O(rows log rows).
std::vector<NoteContext> note_contexts(const midi::File& file, std::span<const NoteRow> rows);

}  // namespace toccata::learn
