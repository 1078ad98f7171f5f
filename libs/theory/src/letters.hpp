// SPDX-License-Identifier: MIT
// Arithmetic with the letters of the staff.
#pragma once

#include <toccata/theory/pitch.hpp>

namespace toccata::detail {

/// The quotient rounded down, and the rest, which is never negative. Range: b over 0.
constexpr int floor_div(int a, int b) { return a / b - (a % b < 0 ? 1 : 0); }
constexpr int floor_mod(int a, int b) { return a - b * floor_div(a, b); }

/// Semitones of the major scale's letter: 0 unison, 1 second ... 7 octave, and beyond; negative
/// below.
constexpr int major_semitones(int letters) {
  return 12 * floor_div(letters, 7) + natural_semitones(static_cast<Step>(floor_mod(letters, 7)));
}

constexpr Step letter_above(Step step, int letters) {
  return static_cast<Step>(floor_mod(static_cast<int>(step) + letters, 7));
}

/// How a pitch class is written with a given letter: the alteration nearest to none, [-6, 5].
constexpr NoteName written_as(PitchClass pitch_class, Step step) {
  const int raised = semitones_up(PitchClass::folded(natural_semitones(step)), pitch_class);
  return {step, raised >= 6 ? raised - 12 : raised};
}

/// The letter that needs the fewest signs; of two, a flat where flats are preferred, else a sharp.
constexpr NoteName simplest_name(PitchClass pitch_class, bool prefers_flat) {
  NoteName best{Step::C, 12};
  for (int letter = 0; letter < 7; ++letter) {
    const NoteName name = written_as(pitch_class, static_cast<Step>(letter));
    const int signs = name.alteration < 0 ? -name.alteration : name.alteration;
    const int fewest = best.alteration < 0 ? -best.alteration : best.alteration;
    if (signs < fewest || (signs == fewest && (name.alteration < 0) == prefers_flat)) best = name;
  }
  return best;
}

/// The name itself, or a simpler one where it needs more than two signs.
constexpr NoteName readable(NoteName name) {
  if (name.alteration >= -2 && name.alteration <= 2) return name;
  const int semitones = natural_semitones(name.step) + name.alteration;
  return simplest_name(PitchClass::folded(semitones), name.alteration < 0);
}

/// The spelled pitch of that name which sounds as this number. Range: same pitch class.
constexpr SpelledPitch placed(NoteName name, int number) {
  const int natural = number - name.alteration;
  return {name, floor_div(natural, 12) - 1};
}

}  // namespace toccata::detail
