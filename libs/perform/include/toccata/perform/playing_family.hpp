// SPDX-License-Identifier: MIT
// How the instruments of General MIDI are played, family by family.
#pragma once

#include <string>

#include <toccata/score/score.hpp>

namespace toccata {

/// What players of a family do alike. Source: data/playing.json.
struct PlayingFamily {
  std::string name;        ///< "wind", "guitar" ...
  bool has_pedal = false;  ///< a sustaining pedal
  bool is_line = false;    ///< one note at a time
  bool breathes = false;   ///< phrases last as long as a breath
  bool rings = false;      ///< strings sound on until they are stopped
  double overlap_ms = 0;   ///< how far a slurred note is held into the next one
  double strum_ms = 0;     ///< from string to string of a chord; 0: not strummed
};
/// The family of a program; every program has one. Of a drum part: one that does none of these.
const PlayingFamily& playing_family(const Instrument& instrument);

/// Whether one player with one voice can have written in mind: the family plays one note at a time,
/// and nine notes in ten have ended, to an eighth of a quarter, when the next begins. Chords of
/// bowed strings count as one note.
/// Cost: O(notes).
bool is_single_line(const Score& score, const Part& part);

}  // namespace toccata
