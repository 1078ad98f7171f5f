// SPDX-License-Identifier: MIT
// POP909: piano arrangements with annotated beats, as scores and how they were played.
#pragma once

#include <toccata/learn/aligned.hpp>

namespace toccata::learn {

/// NNN/NNN.mid, where a folder or two may lie above.
bool is_pop909_file(std::string_view name);
/// Half of the MIDI files or more are such: a stray one does not make a tree a set.
bool is_mostly_pop909(const FileTree& tree);

/// The songs that have annotated beats, sorted by file, on the sides of data/pop909_split.csv;
/// songs that it does not have are on none.
std::vector<AlignedEntry> find_pop909_songs(const FileTree& tree);

/// A song as written music and as it was played. An annotated beat is a quarter, annotated bar
/// lines are bar lines. Onsets and ends go to the nearest sixteenth, or where the onsets of a beat
/// lie nearer to them, to thirds of it; a note lasts a sixteenth at least. Of notes that meet on
/// one place and key of a part, the first counts, the others are insertions.
/// Errors: a file that cannot be read; under eight beats, or no bar line, among the beats.
Result<AlignedPiece, DataError> read_pop909_song(const FileTree& tree, const AlignedEntry& entry);

}  // namespace toccata::learn
