// SPDX-License-Identifier: MIT
// All aligned pieces of a data set, read and prepared on all cores.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <toccata/learn/expression_rows.hpp>
#include <toccata/learn/fitting.hpp>

namespace toccata::learn {

/// How a score is at hand.
enum class Form : std::uint8_t {
  Page,  ///< MusicXML: voices and marks
  Midi,  ///< MIDI: neither, but velocities
};

struct PreparedSet {
  struct Piece {
    Form form;
    std::unique_ptr<const PreparedPiece> prepared;
  };
  /// The scores were made from performances, so that timing and lengths are nothing to learn.
  bool made_scores = false;
  std::vector<Piece> pieces;      ///< in the order of the entries, pages before the same as MIDI
  std::vector<DataError> faults;  ///< of what could not be read, in that order

  /// Those of one form; of all sides of the split or of one.
  std::vector<const PreparedPiece*> of(Form form, std::optional<Split> split = {}) const;
  /// Of pages.
  std::size_t performances() const;
};

/// Reads entries one by one; the result is the same on any number of threads.
/// Cost: memory of the scores' columns, about 700 bytes a note.
PreparedSet prepare(const FileTree& tree, std::span<const AlignedEntry> entries,
                    const Running& running);

}  // namespace toccata::learn
