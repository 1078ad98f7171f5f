// SPDX-License-Identifier: MIT
// All aligned pieces of a data set, read and prepared on all cores.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include <toccata/learn/expression_rows.hpp>
#include <toccata/learn/fitting.hpp>

namespace toccata::learn {

struct PreparedSet {
  std::vector<std::unique_ptr<const PreparedPiece>> pieces;  ///< in the order of the entries
  std::vector<DataError> faults;  ///< of what could not be read, in that order

  /// Those on one side of the split.
  std::vector<const PreparedPiece*> on(Split split) const;
  std::size_t performances() const;
};

/// Reads entries one by one; the result is the same on any number of threads.
/// Cost: memory of the scores' columns, about 700 bytes a note.
PreparedSet prepare(const FileTree& tree, std::span<const AlignedEntry> entries,
                    const Running& running);

}  // namespace toccata::learn
