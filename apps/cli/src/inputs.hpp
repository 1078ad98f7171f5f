// SPDX-License-Identifier: MIT
// Music that the user has: Standard MIDI Files, MusicXML and score JSON, told apart by content.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "failure.hpp"

#include <toccata/midi/import.hpp>
#include <toccata/midi/read.hpp>

namespace toccata::cli {

struct Music {
  std::string name;                  ///< as given on the command line
  std::string_view format;           ///< "midi", "musicxml" or "json"
  midi::Import content;              ///< without links where it was read from another than MIDI
  std::optional<midi::File> file;    ///< of a MIDI file: all of it
  std::vector<std::string> repairs;  ///< in words
};

/// Reads one input; "-" is stdin. Errors (status 1): unreadable or damaged, with the place.
Outcome<Music> read_music(const std::string& name, midi::Repair repair = midi::Repair::None);

}  // namespace toccata::cli
