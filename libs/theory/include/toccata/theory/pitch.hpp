// SPDX-License-Identifier: MIT
// Sounding and spelled pitches, pitch classes, cents and spelled intervals.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <toccata/base/result.hpp>

namespace toccata {

/// A pitch without its octave: 0 is C, 11 is B.
class PitchClass {
 public:
  constexpr PitchClass() = default;
  /// Any whole number of semitones from C, folded into 0..11.
  static constexpr PitchClass folded(int semitones) {
    return PitchClass(static_cast<std::int8_t>(((semitones % 12) + 12) % 12));
  }
  constexpr int number() const { return number_; }
  friend constexpr auto operator<=>(PitchClass, PitchClass) = default;
  friend constexpr PitchClass operator+(PitchClass p, int semitones) {
    return folded(p.number_ + semitones);
  }
  /// Semitones upwards from `from` to `to`: 0..11.
  friend constexpr int semitones_up(PitchClass from, PitchClass to) {
    return folded(to.number_ - from.number_).number_;
  }

 private:
  explicit constexpr PitchClass(std::int8_t number) : number_(number) {}
  std::int8_t number_ = 0;
};

/// A sounding pitch as a MIDI note number: 60 is C4 (middle C), 69 is A4.
class Pitch {
 public:
  static constexpr int kLowest = 0, kHighest = 127;
  /// For numbers from outside (files, users, models).
  static Result<Pitch, RangeError> from_number(int number) {
    if (number < kLowest || number > kHighest)
      return Unexpected{RangeError{number, kLowest, kHighest}};
    return Pitch(number);
  }
  /// The nearest pitch of the range in the same pitch class: what is too high or low moves by
  /// octaves.
  static constexpr Pitch folded_into_range(int number) {
    while (number < kLowest) number += 12;
    while (number > kHighest) number -= 12;
    return Pitch(number);
  }
  /// For literals: a number out of range does not compile.
  static consteval Pitch literal(int number) {
    if (number < kLowest || number > kHighest) throw "pitch out of range";
    return Pitch(number);
  }
  constexpr int number() const { return number_; }
  constexpr PitchClass pitch_class() const { return PitchClass::folded(number_); }
  friend constexpr auto operator<=>(Pitch, Pitch) = default;
  /// Semitones from b up to a.
  friend constexpr int operator-(Pitch a, Pitch b) { return a.number_ - b.number_; }

 private:
  explicit constexpr Pitch(int number) : number_(static_cast<std::int8_t>(number)) {}
  std::int8_t number_;
};

/// A small difference of pitch. Units: cents, 100 to the equal-tempered semitone.
class Cents {
 public:
  constexpr Cents() = default;
  explicit constexpr Cents(double cents) : value_(cents) {}
  constexpr double value() const { return value_; }
  friend constexpr auto operator<=>(Cents, Cents) = default;
  friend constexpr Cents operator+(Cents a, Cents b) { return Cents(a.value_ + b.value_); }
  friend constexpr Cents operator-(Cents a, Cents b) { return Cents(a.value_ - b.value_); }

 private:
  double value_ = 0;
};

/// A letter of the staff.
enum class Step : std::uint8_t { C, D, E, F, G, A, B };

/// Semitones of a letter without sign above C.
constexpr int natural_semitones(Step step) {
  constexpr int kSemitones[] = {0, 2, 4, 5, 7, 9, 11};
  return kSemitones[static_cast<int>(step)];
}

/// A note name without octave: a letter and how many semitones it is raised (positive) or lowered.
struct NoteName {
  Step step = Step::C;
  int alteration = 0;  ///< [-2, 2]: -1 flat, 1 sharp

  constexpr PitchClass pitch_class() const {
    return PitchClass::folded(natural_semitones(step) + alteration);
  }
  friend constexpr bool operator==(NoteName, NoteName) = default;
};
/// "Bb", "F#", "Ebb".
std::string to_string(NoteName name);
/// Letter names with b, #, bb, ##, x, and the Unicode signs. Errors: any other text.
Result<NoteName, std::string> parse_note_name(std::string_view text);

/// A note as written on a staff; not a sounding pitch, which several spellings share.
struct SpelledPitch {
  NoteName name;
  int octave = 4;  ///< scientific: the octave of middle C is 4; B#3 sounds as C4, Cb4 as B3

  /// The sounding number, which may lie outside Pitch's range.
  int sounding_number() const;
  friend constexpr bool operator==(SpelledPitch, SpelledPitch) = default;
};
/// "C#4".
std::string to_string(SpelledPitch pitch);
Result<SpelledPitch, std::string> parse_spelled_pitch(std::string_view text);

/// An interval as written: number and quality, as in "augmented fourth".
struct SpelledInterval {
  int steps = 0;      ///< letters moved, signed: 0 unison, 1 second, 7 octave
  int semitones = 0;  ///< sounding size, of the same sign
  friend constexpr bool operator==(SpelledInterval, SpelledInterval) = default;
};
SpelledInterval interval_between(SpelledPitch from, SpelledPitch to);
/// Errors: a result that needs more than two sharps or flats.
Result<SpelledPitch, std::string> transpose(SpelledPitch pitch, SpelledInterval interval);
/// "P5", "m3", "A4", "d7", "-M2", "m10".
std::string to_string(SpelledInterval interval);
Result<SpelledInterval, std::string> parse_interval(std::string_view text);

}  // namespace toccata
