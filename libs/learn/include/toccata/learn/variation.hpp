// SPDX-License-Identifier: MIT
// A piece as it might have been: in another key, faster, with loud and soft exchanged.
#pragma once

#include <memory>

#include <toccata/learn/expression_rows.hpp>

namespace toccata::learn {

struct Variation {
  int semitones = 0;      ///< of all notes
  double stretch = 1;     ///< of all times, written and played; over 0
  bool inverted = false;  ///< velocities about their mean, written levels about the plain one
  friend bool operator==(const Variation&, const Variation&) = default;
};

/// A copy of a piece, changed, with its columns computed anew. Notes keep their order. Notes that
/// would leave the range of pitches keep all of the piece in its key; a written tempo stays within
/// what a file can hold. Cost: that of the columns.
std::unique_ptr<const PreparedPiece> varied(const PreparedPiece& original,
                                            const Variation& variation);

}  // namespace toccata::learn
