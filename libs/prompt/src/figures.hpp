// SPDX-License-Identifier: MIT
// Numbers in sentences: their text, their range, and where the one after a name stands.
#pragma once

#include "reading.hpp"

namespace toccata::prompt {

/// The shortest text that reads back as this number.
std::string number_text(double number);
double in_hundredths(double number);
/// The number that a field's name is followed by ("tempo of about 110"), or -1.
int value_after(const Reading& reading, int cue);
/// A number, or a range: "110-120", "between 110 and 120", "de 110 à 120".
struct FigureRange {
  double lowest, highest;
  int last;  ///< item of its end, with the "ish" of "140ish"
  double middle() const { return (lowest + highest) / 2; }
};
FigureRange figures_at(const Reading& reading, int i);
/// The second number of "80 or 90", whose first is item i.
std::optional<int> alternative_to(const Reading& reading, int i);
/// A note value as a fraction that a number is set equal to: "1/4 = 60", "1/8 note = 120".
struct NoteFraction {
  double quarters;
  int equals;  ///< item of the sign
};
std::optional<NoteFraction> note_fraction_at(const Reading& reading, int i);
/// "minus 4 bars", not "plus ou moins 4 mesures".
bool has_minus_before(const Reading& reading, int i);
/// A unit that names the number after it, not the one before: "tempo=120 bars=16".
bool begins_a_field(const Reading& reading, int unit);
/// "\"tempo 0\": tempo must be in 20..400".
void refuse_range(Reading& reading, std::string_view field, Extent extent, double lowest,
                  double highest);

}  // namespace toccata::prompt
