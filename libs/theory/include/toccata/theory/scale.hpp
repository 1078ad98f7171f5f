// SPDX-License-Identifier: MIT
// Scales, modes and keys, and how notes of a key are spelled.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <toccata/theory/pitch.hpp>

namespace toccata {

/// A scale as a table entry: where its degrees lie above the tonic, in order.
///
/// Source: data/scales.json, which names a reference for each.
class Scale {
 public:
  std::string_view id() const;             ///< "harmonic minor"
  std::span<const int> semitones() const;  ///< ascending from 0, all under 12
  int size() const { return static_cast<int>(semitones().size()); }
  /// Has a minor and no major third (bebop dorian, whose major third only passes, counts too).
  bool is_minor() const;
  /// Letters of the degrees above the tonic's (0..6), so that a blues third is spelled as a third.
  std::span<const int> letters() const;
  bool contains(int semitones_above_tonic) const;
  int fifths_on_c() const;  ///< sharps (positive) or flats of its key signature on C
  friend bool operator==(Scale a, Scale b) { return a.entry_ == b.entry_; }

  /// Known names and aliases: "major"/"ionian", "minor"/"natural minor"/"aeolian", "harmonic
  /// minor", "melodic minor", "dorian", "phrygian", "lydian", "mixolydian", "locrian", "major
  /// pentatonic", "minor pentatonic", "blues", "major blues", "whole tone", "octatonic"
  /// (half-whole), "octatonic whole-half", "bebop dominant", "bebop major", "bebop dorian",
  /// "chromatic", "phrygian dominant", "lydian dominant", "altered", "lydian augmented", "harmonic
  /// major", "double harmonic", "hungarian minor". Case, spaces, '-' and '_' are not regarded.
  static std::optional<Scale> find(std::string_view name);
  static std::span<const Scale> all();

  struct Entry;
  explicit constexpr Scale(const Entry* entry) : entry_(entry) {}

 private:
  const Entry* entry_;
};

/// A tonic and a scale upon it.
struct Key {
  NoteName tonic;
  Scale scale;

  bool contains(PitchClass pitch_class) const;
  /// The degree (0-based) of a pitch class, if it belongs to the scale.
  std::optional<int> degree_of(PitchClass pitch_class) const;
  /// The pitch class of a degree, any whole number: 0 tonic, -1 the degree below it, 7 (of 7) the
  /// tonic.
  PitchClass pitch_class_of(int degree) const;
  /// Sounding number of a degree counted from the tonic at or below `tonic_number` (a MIDI number).
  int number_of(int degree, int tonic_number) const;
  /// Sharps (positive) or flats (negative) of the nearest key signature, [-7, 7].
  int fifths() const;
  friend bool operator==(const Key&, const Key&) = default;
};
/// "D minor", "Bb major", "A dorian".
std::string to_string(const Key& key);
/// "D minor", "Bb", "F# major", "Am", "c dorian", "A blues". Errors: an unknown tonic or scale.
Result<Key, std::string> parse_key(std::string_view text);

/// The nearest scale tone; of two equally near the lower one. Cost: O(1).
Pitch nearest_in_key(Pitch pitch, const Key& key);

/// How a pitch is written in a key: scale tones by the scale, others by the usual chromatic
/// spelling (raised leading tones and sharp fourths up, flat sevenths, thirds, sixths and seconds
/// down).
SpelledPitch spell(Pitch pitch, const Key& key);

}  // namespace toccata
