// SPDX-License-Identifier: MIT
#include "in_order.hpp"

#include <algorithm>

namespace toccata {

PlayedNote* find_played(std::vector<PlayedNote>& notes, NoteId id) {
  const PlayedNote* found = find_played(std::span<const PlayedNote>(notes), id);
  return found == nullptr ? nullptr : &notes[static_cast<std::size_t>(found - notes.data())];
}

void keep_order(const MeterMap& meters, const Part& part, std::vector<PlayedNote>& notes) {
  Tick floor, latest;  // of the notes written earlier; of these and those at the same onset
  for (std::size_t i = 0; i < part.notes.size(); ++i) {
    const Note& note = part.notes[i];
    if (i > 0 && note.onset != part.notes[i - 1].onset) floor = latest;
    PlayedNote* played = find_played(notes, note.id);
    if (played == nullptr) continue;
    const Bar bar = meters.bar_at(note.onset);
    const Tick first = std::max({meters.onset_of(bar), floor, Tick(0)});
    const Tick last = std::max(meters.end_of(bar) - Duration(1), first);
    const Tick at = std::clamp(note.onset + played->shift, first, last);
    played->shift = at - note.onset;
    latest = std::max(latest, at);
  }
}

}  // namespace toccata
