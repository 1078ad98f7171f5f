// SPDX-License-Identifier: MIT
// A file as written music, how it is played, and where each note stands in the file.
#pragma once

#include <optional>
#include <vector>

#include <toccata/midi/file.hpp>
#include <toccata/score/performance.hpp>

namespace toccata::midi {

/// The two events of a note. Units: indices into File::tracks and Track::events().
struct NoteLink {
  std::uint32_t track = 0;
  std::uint32_t on = 0;
  std::optional<std::uint32_t> off;  ///< none where the file never ends the note
  friend bool operator==(const NoteLink&, const NoteLink&) = default;
};

/// Where the score's notes come from.
struct Links {
  std::vector<NoteLink> notes;    ///< that of NoteId n at n - 1
  std::vector<Tick> track_onset;  ///< of each track in the score: 0, but in format 2
};

struct Import {
  Score score;
  Performance performance;
  Links links;
};

/// The score of a file: a part for each channel with notes of each track, in that order; channels
/// of one track among which tuned notes rotate are one part. Note ids count from 1 in order of the
/// parts. docs/midi.md tells how everything is mapped.
///
/// - Of notes of one key that overlap, the first to begin is the first to end. A note that is never
///   ended lasts to its track's end; one that lasts no time lasts one tick here.
/// - Bends become Note::detune where they change under no note, and a Glide where they are one as
///   from_score writes it; single-note tuning changes likewise. Other bends are carried.
/// - Film time becomes a ppq and tempo under which every tick lasts as long.
/// - What neither Score nor Performance can hold is carried, but for note-offs that end nothing.
/// - Tracks of format 2 follow one another.
/// Cost: O(n log n) of the events.
Import to_score(const File& file);

}  // namespace toccata::midi
