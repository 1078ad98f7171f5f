// SPDX-License-Identifier: MIT
// Music that the user has: Standard MIDI Files and score JSON, told apart by their content.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "failure.hpp"

#include <toccata/midi/import.hpp>
#include <toccata/midi/read.hpp>

namespace toccata::cli {

struct Music {
  std::string name;                  ///< as given on the command line
  midi::Import content;              ///< without links where it was read from JSON
  std::optional<midi::File> file;    ///< of a MIDI file: all of it
  std::vector<std::string> repairs;  ///< in words
};

/// Reads one input; "-" is stdin. Errors (status 1): unreadable or damaged, with the place.
Outcome<Music> read_music(const std::string& name, midi::Repair repair = midi::Repair::None);

}  // namespace toccata::cli
