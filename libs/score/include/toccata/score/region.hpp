// SPDX-License-Identifier: MIT
// Which notes are to be written, and the only two edits of a score: making room and splicing.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include <toccata/score/score.hpp>

namespace toccata {

/// The bars [first, end) of one part.
struct Cell {
  PartId part;
  Bar first;
  Bar end;  ///< exclusive
  friend constexpr bool operator==(const Cell&, const Cell&) = default;
};

/// What may be written: cells, less the pinned notes within them. A note belongs to the bar where
/// it begins.
struct Region {
  std::vector<Cell> cells;
  std::vector<NoteId> pinned;

  bool contains(PartId part, Bar bar) const;
};

/// Notes for one part. Their ids are given by splice.
struct PartDraft {
  PartId part;
  std::vector<Note> notes;
};
/// What a composer wrote for a region, with the harmony it had in mind.
struct Draft {
  std::vector<PartDraft> parts;
  std::vector<ChordMark>
      chords;  ///< replace the score's chord marks within the region's bars; may be empty
};

struct SpliceError {
  enum class Fault : std::uint8_t {
    UnknownPart,
    OutsideRegion,  ///< a note begins outside the cells
    Overhangs,      ///< a note ends after its cell, where music follows
    EmptyNote,      ///< lasts no time
  } fault;
  PartId part;
  Tick at;
};
std::string describe(const SpliceError& error);

/// Puts a draft in place of the notes that begin in the region; every other note stays as it was.
/// The only writer of notes. Notes may ring past a cell's end only where that is the end of the
/// score. Errors: see SpliceError. Cost: O(notes of the touched parts).
Result<Score, SpliceError> splice(const Score& score, const Region& region, const Draft& draft);

/// Room to be made: bars after the end and new, empty parts.
struct Room {
  int bars = 0;  ///< [0, 100000], in the meter of the last bar
  struct NewPart {
    std::string name;
    Role role;
    Instrument instrument;
  };
  std::vector<NewPart> parts;
};
/// The only structural edit. New parts get the next free ids, in order.
/// Errors: bars out of range; more than 65,000 parts.
Result<Score, RangeError> make_room(const Score& score, const Room& room);

}  // namespace toccata
