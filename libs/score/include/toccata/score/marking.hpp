// SPDX-License-Identifier: MIT
// What a page says between the notes: how loud, faster or slower, pedal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <toccata/score/units.hpp>
#include <toccata/timeline/tick.hpp>

namespace toccata {

/// One such saying, for one part.
struct Marking {
  enum class Kind : std::uint8_t {
    Dynamic,     ///< a level that holds from here on: "p", "mf"
    Stress,      ///< a level for what begins here alone: "sfz", the first half of "fp"
    Crescendo,   ///< a hairpin or a word, over a stretch
    Diminuendo,  ///< likewise
    Slower,      ///< "rit.", "rall.", over a stretch
    Faster,      ///< "accel.", over a stretch
    ATempo,      ///< back to the tempo that held
    Pedal,       ///< the sustaining pedal is down, over a stretch
    Words,       ///< anything else that is written
  };
  Kind kind;
  Tick at;
  Tick end;                          ///< exclusive, of a stretch; equal to `at` for the others
  std::optional<Velocity> loudness;  ///< of a Dynamic or Stress; others have none
  std::string text;                  ///< as written: "mf", "poco rit."; empty for a hairpin
  std::uint8_t staff = 0;            ///< from 1; 0 where all staves are meant

  friend bool operator==(const Marking&, const Marking&) = default;
};
/// Whether a kind holds over a stretch, so that `end` lies behind `at`.
bool is_stretch(Marking::Kind kind);
/// Whether a kind names a loudness.
bool is_level(Marking::Kind kind);
std::string_view name_of(Marking::Kind kind);  ///< "dynamic", "crescendo" ...
std::optional<Marking::Kind> find_marking_kind(std::string_view name);

/// How loud a dynamic mark is, from "pppppp" to "ffffff"; a stress such as "sfz" or "fp" is as loud
/// as its first letters say. None for other texts.
///
/// Source: the velocities that MuseScore gives these marks (its handbook, "Dynamics"): mf is 80.
std::optional<Velocity> find_loudness(std::string_view mark);

}  // namespace toccata
