// SPDX-License-Identifier: MIT
// An edited score, written back into the file it came from.
#pragma once

#include <optional>

#include <toccata/midi/export.hpp>
#include <toccata/midi/import.hpp>

namespace toccata::midi {

/// The original with the edits of `after`, and every other event as it was, in its place.
///
/// - A note that is gone loses its two events; one of another velocity alone keeps them; one that
///   changed otherwise (its time, pitch, tuning) has them replaced on the same channel; a new one
///   gains two. New note-offs stand before, all else behind what is at the same tick. A note
///   without an entry in `performance` that stayed as written keeps its events.
/// - A new part is a new track; in a file of format 0 it is a new channel of its track.
/// - Tuned notes go to a channel that stands at their bend or to one that nothing sounds on, which
///   is bent back after them, or to one that nothing of the file sounds on; bends of other notes
///   stay. Where tuned notes of a part moved, all bends of that part are written anew.
/// - Controllers and tempo events that `performance` has or lacks are added and taken out.
/// - New provenance is a text event at the first change, in its track, or at 0 in a new track.
///   Where nothing changed there is none.
/// - Division, format, order of tracks, names, meter, keys and markers stay. A track ends later
///   only where an event lies behind its end.
/// - With `until`, where the edited region ends: new notes end there at the latest, their bends are
///   undone before it, and controllers of channels that are taken for them come before it.
///
/// `after` and `performance` are edits of what `before` holds, which is to_score(original).
/// Errors: TooManyChannels, BendTooWide, NewSequence.
Result<File, WriteError> update(const File& original, const Import& before, const Score& after,
                                const Performance& performance,
                                std::optional<Tick> until = std::nullopt);

}  // namespace toccata::midi
