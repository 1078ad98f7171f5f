// SPDX-License-Identifier: MIT
// A midi::File to bytes.
#pragma once

#include <toccata/midi/file.hpp>

namespace toccata::midi {

/// The bytes of a file; read_midi gives the file back. Every event has its own status byte.
/// A gap of more than 2^28 - 1 ticks, which no file can say, is bridged by empty text events.
Bytes write_midi(const File& file);

}  // namespace toccata::midi
