// SPDX-License-Identifier: MIT
// Which pitches new notes of a part may strike, and how long.
#pragma once

#include <map>
#include <vector>

#include <toccata/compose/composer.hpp>

namespace toccata {

/// The pitches of one part within a cell, as the notes that stay leave them free.
class FreePitches {
 public:
  FreePitches(const Task& task, const Cell& cell);
  /// Sorts notes that begin in the cell. Those that begin while a note that stays holds their
  /// pitch, or together with another of that pitch, are left out; those that run into a later one,
  /// or out of the cell, are cut.
  void settle(std::vector<Note>& notes) const;

 private:
  struct Span {
    Tick onset, end;
  };
  /// Where a note has to end; its onset where its pitch is held.
  Tick limit_of(const Note& note) const;

  Tick end_;
  std::map<int, std::vector<Span>> held_;  ///< by pitch number: notes that stay
};

}  // namespace toccata
