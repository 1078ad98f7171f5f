// SPDX-License-Identifier: MIT
// What a document says, bar by bar, before repeats are played and ties are joined.
#pragma once

#include <map>

#include "musicxml/reading.hpp"

namespace toccata::musicxml::detail {

/// Units of `at` and `length`: quarters; `at` is counted from the bar line.
struct WrittenNote {
  Rational at, length;  ///< a grace note's length is 0, and it belongs to what begins at `at`
  Pitch pitch = Pitch::literal(60);
  Cents detune;
  std::optional<SpelledPitch> spelling;
  Marks marks;
  std::uint8_t voice = 0, staff = 0;
  bool is_tied_from = false, is_tied_on = false;
  bool is_grace = false;
  int grace_place = 0, grace_count = 0;  ///< of a grace note: its place in its run, from 0
  std::string_view xml_id;               ///< stands in the document
  std::uint32_t index = 0;
};

/// A point, or one end of a stretch. Ends of one kind and number belong together.
struct WrittenDirection {
  enum class Side : std::uint8_t { Point, Begin, End };
  Marking::Kind kind;
  Side side = Side::Point;
  Rational at;
  std::optional<Velocity> loudness;
  std::string text;
  std::uint8_t staff = 0;
  int number = 0;  ///< of a stretch: kWordStretch where a word began it
};
/// A stretch that a word began holds until another direction ends it.
inline constexpr int kWordStretch = -1;

struct WrittenMeasure {
  std::vector<WrittenNote> notes;
  std::vector<WrittenDirection> directions;
  Rational furthest;  ///< where its music ends
};

struct WrittenPart {
  std::string id, name;
  Instrument instrument;
  std::map<std::string, int, std::less<>> drum_keys;  ///< MIDI keys of its unpitched instruments
  std::vector<WrittenMeasure> measures;
};

/// What one measure's signs say about the order in which measures are played.
struct FlowSigns {
  bool repeat_begins = false;
  std::optional<int> repeat_times;  ///< a repeat ends here, played so often in all
  std::vector<int> ending_numbers;  ///< an ending begins here
  bool ending_ends = false;
  bool da_capo = false, fine = false;
  std::optional<std::string> dal_segno, to_coda;
  std::vector<std::string> segnos, codas;  ///< before this measure
};

template <class T>
struct At {
  Rational at;
  T value;
};

/// What a measure says to all parts.
struct WrittenBar {
  std::string number;
  bool is_implicit = false;
  Rational length;
  std::optional<Meter> meter;  ///< a change; none of them may stand within a measure
  bool is_unmeasured = false;  ///< senza misura from here on
  std::vector<At<Tempo>> tempos;
  std::vector<At<Key>> keys;
  std::vector<At<std::string>> labels;
  std::vector<At<Chord>> chords;
  FlowSigns flow;
};

struct WrittenScore {
  std::string title;
  std::vector<WrittenPart> parts;
  std::vector<WrittenBar> bars;  ///< as many as every part has measures
};

/// Reads a whole document. Errors: see Fault.
Read<WrittenScore> read_written(pugi::xml_node root, Reading& reading);

}  // namespace toccata::musicxml::detail
