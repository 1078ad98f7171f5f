// SPDX-License-Identifier: MIT
#include "letters.hpp"
#include "text.hpp"

#include <toccata/theory/pitch.hpp>

namespace toccata {

using detail::Cursor;

namespace {

std::optional<Step> take_letter(Cursor& cursor) {
  constexpr std::string_view kUpper = "CDEFGAB", kLower = "cdefgab";
  const char found = cursor.peek();
  auto at = kUpper.find(found);
  if (at == std::string_view::npos) at = kLower.find(found);
  if (found == '\0' || at == std::string_view::npos) return std::nullopt;
  cursor.take(cursor.rest().substr(0, 1));
  return static_cast<Step>(at);
}

std::optional<NoteName> take_note_name(Cursor& cursor) {
  const auto step = take_letter(cursor);
  if (!step) return std::nullopt;
  return NoteName{*step, cursor.take_accidentals()};
}

}  // namespace

std::string to_string(NoteName name) {
  return "CDEFGAB"[static_cast<int>(name.step)] + detail::accidental_text(name.alteration);
}

Result<NoteName, std::string> parse_note_name(std::string_view text) {
  Cursor cursor(text);
  const auto name = take_note_name(cursor);
  if (!name || !cursor.at_end())
    return Unexpected{detail::quoted(text) +
                      " is not a note name: allowed are C D E F G A B with b, #, bb, ## or x, "
                      "as in Bb"};
  return *name;
}

int SpelledPitch::sounding_number() const {
  return 12 * (octave + 1) + natural_semitones(name.step) + name.alteration;
}

std::string to_string(SpelledPitch pitch) {
  return to_string(pitch.name) + std::to_string(pitch.octave);
}

Result<SpelledPitch, std::string> parse_spelled_pitch(std::string_view text) {
  Cursor cursor(text);
  const auto name = take_note_name(cursor);
  const bool below_zero = name && cursor.take("-");
  const auto octave = name ? cursor.take_number() : std::nullopt;
  // Octave -2 has one sounding pitch: B#-2 is the lowest key.
  const bool in_range = octave && (below_zero ? *octave == 1 || *octave == 2 : *octave <= 9);
  if (!in_range || !cursor.at_end())
    return Unexpected{detail::quoted(text) +
                      " is not a pitch: allowed are a note name and an octave from -2 to 9, "
                      "as in C#4"};
  return SpelledPitch{*name, below_zero ? -*octave : *octave};
}

}  // namespace toccata
