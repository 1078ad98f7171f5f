// SPDX-License-Identifier: MIT
// The notes and directions of each part, as played.
#pragma once

#include "musicxml/grid.hpp"

namespace toccata::musicxml::detail {

/// Notes in order of onset, ties joined, grace notes put before what they lead to. Ids go on after
/// `last`; a row for each written note is added to the sources.
std::vector<Note> play_notes(const WrittenPart& part, const Grid& grid, NoteId& last,
                             std::vector<SourceNote>& sources);
/// Directions in order, each stretch with its end. A word such as "cresc." holds to the next
/// dynamic or hairpin, one such as "rit." to the next of its kind, "a tempo" or change of tempo.
std::vector<Marking> play_markings(const WrittenPart& part, const Grid& grid,
                                   const TempoMap& tempo);

}  // namespace toccata::musicxml::detail
