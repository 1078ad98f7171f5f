// SPDX-License-Identifier: MIT
// Where the reading of one part stands, and the readers of the elements found there.
#pragma once

#include "musicxml/written.hpp"

namespace toccata::musicxml::detail {

/// How what is written sounds.
struct Transposition {
  std::optional<int> steps = 0;  ///< letters, octaves included; none where the file does not say
  int semitones = 0;
};

struct Cursor {
  Reading& reading;
  WrittenPart& part;
  std::uint32_t& note_index;  ///< of the next <note>, in the whole document

  // What holds from measure to measure.
  std::optional<Rational> divisions = {};               ///< of a quarter
  std::map<int, Transposition> transpositions = {};     ///< by staff; 0: all others
  std::map<std::string, int, std::less<>> voices = {};  ///< numbers of voices that have names
  std::vector<std::string> late_segnos = {}, late_codas = {};  ///< for the next measure
  std::vector<int> late_ending = {};                           ///< likewise

  // This measure.
  WrittenMeasure* measure = nullptr;
  WrittenBar* bar = nullptr;
  bool is_leader = false;  ///< whether this is the part that speaks for all: the first one
  Rational position = 0, chord_position = 0;
  Rational owed = 0;  ///< by which what stood before the measure was moved into it
  bool has_chord_base = false;
  int grace_places = 0;         ///< of the run of grace notes that is being read
  std::size_t grace_first = 0;  ///< its first note in the measure

  Transposition transposition_of(int staff) const;
};

/// A length or a place in quarters from a number of divisions, such that sums of these stay exact.
/// Errors: BadDivisions, BadDuration, TooFine; repaired they are 0, or rounded.
Read<Rational> quarters_of(Cursor& cursor, pugi::xml_node node, std::string_view divisions);
/// Moves on. Errors: BadDuration, TooFine.
Check go_to(Cursor& cursor, pugi::xml_node node, Rational position);
/// Where a direction stands, with its offset.
Read<Rational> place_of(Cursor& cursor, pugi::xml_node node);

Check read_measure(Cursor& cursor, pugi::xml_node measure, WrittenBar& bar);
Check read_note(Cursor& cursor, pugi::xml_node node);
/// Closes a run of grace notes: each of them knows how many there are.
void end_grace_run(Cursor& cursor);
Check read_attributes(Cursor& cursor, pugi::xml_node node);
Check read_direction(Cursor& cursor, pugi::xml_node node);
Check read_sound(Cursor& cursor, pugi::xml_node node, Rational at);
Check read_barline(Cursor& cursor, pugi::xml_node node);
Check read_harmony(Cursor& cursor, pugi::xml_node node);

}  // namespace toccata::musicxml::detail
