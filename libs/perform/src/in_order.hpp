// SPDX-License-Identifier: MIT
// Onsets that were moved, brought back to where a performance allows them.
#pragma once

#include <toccata/score/performance.hpp>

namespace toccata {

/// The entry of a note; null where it has none. Range: notes sorted by id.
PlayedNote* find_played(std::vector<PlayedNote>& notes, NoteId id);

/// Each note of a part begins in its bar, none before one that is written earlier, and none of one
/// key so soon after another that this is not heard (repeats.hpp).
void keep_order(const MeterMap& meters, const TempoMap& tempo, const Part& part,
                std::vector<PlayedNote>& notes);

}  // namespace toccata
