// SPDX-License-Identifier: MIT
// Onsets that were moved, brought back to where a performance allows them.
#pragma once

#include <toccata/score/performance.hpp>

namespace toccata {

/// The entry of a note; null where it has none. Range: notes sorted by id.
PlayedNote* find_played(std::vector<PlayedNote>& notes, NoteId id);

/// Each note of a part begins in its bar, and none before one that is written earlier.
void keep_order(const MeterMap& meters, const Part& part, std::vector<PlayedNote>& notes);

}  // namespace toccata
