// SPDX-License-Identifier: MIT
// The parts of a MIDI file, each as a file of its own.
#pragma once

#include <string>
#include <vector>

#include <toccata/midi/file.hpp>

namespace toccata::render {

struct PartFile {
  std::string name;  ///< that of make_song's part
  midi::File file;
};

/// One file for each part of make_song, in its order: of the same division and length, with every
/// tempo, meter and key, and the part's own messages, at their ticks; what other tracks have for
/// its channels is among them. Controller 91, the send to the room, is left out: the room is the
/// mix's. The tracks of a file of format 2 stand one after the other.
std::vector<PartFile> split_parts(const midi::File& file);

}  // namespace toccata::render
