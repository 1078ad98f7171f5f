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

/// A MIDI file as it was read, and where in it each note stands.
struct MidiSource {
  midi::File file;
  midi::Links links;
};

struct Music {
  std::string name;  ///< as given on the command line
  Score score;
  Performance performance;
  std::optional<MidiSource> midi;    ///< none where it was read from JSON
  std::vector<std::string> repairs;  ///< in words
};

/// Reads one input; "-" is stdin. Errors (status 1): unreadable or damaged, with the place.
Outcome<Music> read_music(const std::string& name, midi::Repair repair = midi::Repair::None);

}  // namespace toccata::cli
