// SPDX-License-Identifier: MIT
#include "in_order.hpp"

#include <algorithm>

#include "repeats.hpp"

namespace toccata {

PlayedNote* find_played(std::vector<PlayedNote>& notes, NoteId id) {
  const PlayedNote* found = find_played(std::span<const PlayedNote>(notes), id);
  return found == nullptr ? nullptr : &notes[static_cast<std::size_t>(found - notes.data())];
}

void keep_order(const MeterMap& meters, const TempoMap& tempo, const Part& part,
                std::vector<PlayedNote>& notes) {
  std::vector<Tick> onsets;
  onsets.reserve(part.notes.size());
  Tick floor, latest;  // of the notes written earlier; of these and those at the same onset
  for (std::size_t i = 0; i < part.notes.size(); ++i) {
    const Note& note = part.notes[i];
    if (i > 0 && note.onset != part.notes[i - 1].onset) floor = latest;
    PlayedNote* played = find_played(notes, note.id);
    const Bar bar = meters.bar_at(note.onset);
    const Tick first = std::max({meters.onset_of(bar), floor, Tick(0)});
    const Tick last = std::max(meters.end_of(bar) - Duration(1), first);
    const Duration shift = played == nullptr ? Duration(0) : played->shift;
    onsets.push_back(std::clamp(note.onset + shift, first, last));
    latest = std::max(latest, onsets.back());
  }
  const auto repeated = keep_repeats_apart(meters, tempo, part, onsets);
  for (std::size_t i = 0; i < part.notes.size(); ++i)
    if (PlayedNote* played = find_played(notes, part.notes[i].id))
      played->shift = onsets[i] - part.notes[i].onset;
  for (const Repeated& each : repeated)
    if (PlayedNote* played = find_played(notes, part.notes[each.note].id))
      played->sounding = std::max(played->sounding, each.least);
}

}  // namespace toccata
