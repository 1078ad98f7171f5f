// SPDX-License-Identifier: MIT
#include <algorithm>

#include "musicxml/cursor.hpp"
#include "musicxml/tables.hpp"

namespace toccata::musicxml::detail {
namespace {

/// Number of a voice: as written, or for one with a name the next in order.
std::uint8_t voice_of(Cursor& cursor, pugi::xml_node node) {
  const auto text = text_of(node.child("voice"));
  if (text.empty()) return 0;
  if (const auto number = whole_of(text); number && *number >= 1 && *number <= UINT8_MAX)
    return static_cast<std::uint8_t>(*number);
  const int next = static_cast<int>(cursor.voices.size()) % UINT8_MAX + 1;
  return static_cast<std::uint8_t>(
      cursor.voices.try_emplace(std::string(text), next).first->second);
}

std::uint8_t staff_of(pugi::xml_node node) {
  const auto number = whole_of(text_of(node.child("staff")));
  return static_cast<std::uint8_t>(std::clamp(number.value_or(0), 0, int{UINT8_MAX}));
}

/// Length by its looks: type, dots and tuplet. None where the type is missing or unknown.
std::optional<Rational> written_length(pugi::xml_node node) {
  const auto type = quarters_of_type(text_of(node.child("type")));
  if (!type) return std::nullopt;
  Rational length = *type, dot = *type;
  constexpr int kMostDots = 4;
  int dots = 0;
  for (auto mark = node.child("dot"); mark && dots < kMostDots; mark = mark.next_sibling("dot")) {
    dot = dot * Rational(1, 2);
    length = length + dot;
    ++dots;
  }
  const auto tuplet = node.child("time-modification");
  const auto actual = whole_of(text_of(tuplet.child("actual-notes")));
  const auto normal = whole_of(text_of(tuplet.child("normal-notes")));
  constexpr int kLargestTuplet = 255;
  if (actual && normal && *actual > 0 && *normal > 0 && *actual <= kLargestTuplet &&
      *normal <= kLargestTuplet)
    length = length * Rational(*normal, *actual);
  return length;
}

/// What a note that is no grace note lasts; 0 after a repaired fault that leaves nothing.
Read<Rational> length_of(Cursor& cursor, pugi::xml_node node) {
  const auto text = text_of(node.child("duration"));
  if (const auto number = decimal_of(text); number && *number > Rational(0))
    return quarters_of(cursor, node, text);
  TOCCATA_CHECK(cursor.reading.fault(Fault::BadDuration, node, text));
  return written_length(node).value_or(Rational(0));
}

/// Puts the pitch into the note; false where it has none that can be had.
Read<bool> read_pitch(Cursor& cursor, pugi::xml_node node, WrittenNote& note) {
  const pugi::xml_node pitch = node.child("pitch");
  const auto step = find_step(text_of(pitch.child("step")));
  const auto octave = whole_of(text_of(pitch.child("octave")));
  const auto alter_text = text_of(pitch.child("alter"));
  const auto alter = alter_text.empty() ? Rational(0) : decimal_of(alter_text);
  const auto refuse = [&](std::string_view found) -> Read<bool> {
    TOCCATA_CHECK(cursor.reading.fault(Fault::BadPitch, node, found));
    return false;
  };
  if (!step) return refuse(text_of(pitch.child("step")));
  if (!octave || *octave < -2 || *octave > 11) return refuse(text_of(pitch.child("octave")));
  if (!alter || *alter < Rational(-6) || *alter > Rational(6)) return refuse(alter_text);
  // Towards 0, so that the sign of a quarter-tone is the sign of what is left.
  const std::int64_t whole = *alter < Rational(0) ? -(-*alter).floor() : alter->floor();
  note.detune = Cents((*alter - Rational(whole)).to_double() * 100);
  const SpelledPitch natural{{*step, 0}, *octave};
  const Transposition moved = cursor.transposition_of(note.staff);
  const int number = natural.sounding_number() + static_cast<int>(whole) + moved.semitones;
  const auto sounding = Pitch::from_number(number);
  if (!sounding) return refuse(std::to_string(number));
  note.pitch = *sounding;
  if (whole < -2 || whole > 2 || !moved.steps) return true;
  const SpelledPitch spelled{{*step, static_cast<int>(whole)}, *octave};
  if (const auto as_sounding = transpose(spelled, {*moved.steps, moved.semitones}))
    note.spelling = *as_sounding;
  return true;
}

/// The key of a drum: its instrument's, else where it stands on the staff.
Read<bool> read_unpitched(Cursor& cursor, pugi::xml_node node, WrittenNote& note) {
  const auto found = cursor.part.drum_keys.find(
      std::string_view(node.child("instrument").attribute("id").value()));
  if (found != cursor.part.drum_keys.end()) {
    note.pitch = Pitch::folded_into_range(found->second);
    return true;
  }
  if (cursor.part.drum_keys.size() == 1) {
    note.pitch = Pitch::folded_into_range(cursor.part.drum_keys.begin()->second);
    return true;
  }
  cursor.part.instrument.is_drums = true;
  const pugi::xml_node place = node.child("unpitched");
  const auto step = find_step(text_of(place.child("display-step")));
  const auto octave = whole_of(text_of(place.child("display-octave")));
  const SpelledPitch shown{{step.value_or(Step::B), 0}, std::clamp(octave.value_or(4), 0, 9)};
  note.pitch = Pitch::folded_into_range(shown.sounding_number());
  return true;
}

void add_marks(Marks& marks, pugi::xml_node list) {
  for (pugi::xml_node element : list.children())
    marks = Marks::from_bits(marks.bits() | marks_of_element(element.name()).bits());
}

void add_slur(Marks& marks, pugi::xml_node slur) {
  const std::string_view type = slur.attribute("type").value();
  if (type == "start") marks.add(Mark::SlurBegin);
  if (type == "stop") marks.add(Mark::SlurEnd);
}

void add_tie(WrittenNote& note, pugi::xml_node tie) {
  const std::string_view type = tie.attribute("type").value();
  if (type == "start") note.is_tied_on = true;
  if (type == "stop") note.is_tied_from = true;
  if (type == "continue") note.is_tied_on = note.is_tied_from = true;
}

void read_notations(pugi::xml_node node, WrittenNote& note) {
  for (pugi::xml_node tie : node.children("tie")) add_tie(note, tie);
  for (pugi::xml_node notations : node.children("notations")) {
    for (pugi::xml_node element : notations.children()) {
      const std::string_view name = element.name();
      if (name == "articulations" || name == "ornaments") add_marks(note.marks, element);
      if (name == "slur") add_slur(note.marks, element);
      if (name == "tied") add_tie(note, element);
      if (name == "fermata") note.marks.add(Mark::Fermata);
      if (name == "arpeggiate") note.marks.add(Mark::Arpeggio);
    }
  }
  if (says_yes(node.child("notehead").attribute("parentheses"))) note.marks.add(Mark::Ghost);
}

/// Where the note begins and what it lasts; moves on behind it.
Check place_note(Cursor& cursor, pugi::xml_node node, WrittenNote& note, bool in_chord) {
  note.at = in_chord ? cursor.chord_position : cursor.position;
  if (note.is_grace) {
    if (!in_chord && cursor.grace_places++ == 0) cursor.grace_first = cursor.measure->notes.size();
    note.grace_place = std::max(cursor.grace_places, 1) - 1;
    note.marks.add(Mark::Ornament);
    cursor.chord_position = note.at;
    return {};
  }
  if (!in_chord) end_grace_run(cursor);
  TOCCATA_TRY(note.length, length_of(cursor, node));
  if (in_chord) return {};
  cursor.chord_position = cursor.position;
  return go_to(cursor, node, cursor.position + note.length);
}

}  // namespace

void end_grace_run(Cursor& cursor) {
  if (cursor.grace_places == 0) return;
  auto& notes = cursor.measure->notes;
  for (std::size_t i = cursor.grace_first; i < notes.size(); ++i)
    if (notes[i].is_grace && notes[i].grace_count == 0) notes[i].grace_count = cursor.grace_places;
  cursor.grace_places = 0;
}

Check read_note(Cursor& cursor, pugi::xml_node node) {
  WrittenNote note;
  note.index = cursor.note_index++;
  note.xml_id = node.attribute("id").value();
  note.voice = voice_of(cursor, node);
  note.staff = staff_of(node);
  note.is_grace = static_cast<bool>(node.child("grace"));
  bool in_chord = static_cast<bool>(node.child("chord"));
  if (in_chord && !cursor.has_chord_base) {
    TOCCATA_CHECK(cursor.reading.fault(Fault::ChordWithoutNote, node, ""));
    in_chord = false;
  }
  TOCCATA_CHECK(place_note(cursor, node, note, in_chord));
  cursor.has_chord_base = true;
  if (node.child("rest") || (node.child("cue") && !cursor.reading.cues_sound)) return {};
  bool is_sound = false;
  if (node.child("unpitched")) {
    TOCCATA_TRY(is_sound, read_unpitched(cursor, node, note));
  } else {
    TOCCATA_TRY(is_sound, read_pitch(cursor, node, note));
  }
  if (!is_sound || (!note.is_grace && note.length == Rational(0))) return {};
  read_notations(node, note);
  cursor.measure->notes.push_back(note);
  // What a chord's notes sound beyond its first one may be the measure's end.
  cursor.measure->furthest = std::max(cursor.measure->furthest, note.at + note.length);
  return {};
}

}  // namespace toccata::musicxml::detail
