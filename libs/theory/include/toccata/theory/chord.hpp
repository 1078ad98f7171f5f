// SPDX-License-Identifier: MIT
// Chords: their tones, as jazz symbols and as roman numerals.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/inplace_vector.hpp>
#include <toccata/theory/scale.hpp>

namespace toccata {

/// One tone of a chord above its root.
struct ChordTone {
  int degree;     ///< 1 root, 3 third, 5, 7, 9, 11, 13; 2, 4 and 6 in sus, sixth and add chords
  int semitones;  ///< above the root, [0, 22]: a ninth is 14, a flat thirteenth 20
  friend constexpr bool operator==(ChordTone, ChordTone) = default;
};

/// A chord that is read has 12 at most; what is added to it by rule has room.
using ChordTones = InplaceVector<ChordTone, 16>;
inline constexpr std::size_t kMostTonesRead = 12;

/// A root, the tones above it, and perhaps another bass.
///
/// Invariant: tones are sorted by semitones, begin with the root and are all different.
struct Chord {
  NoteName root;
  ChordTones tones;
  std::optional<NoteName> bass;  ///< of a slash chord

  PitchClass root_class() const { return root.pitch_class(); }
  PitchClass bass_class() const { return bass ? bass->pitch_class() : root_class(); }
  bool contains(PitchClass pitch_class) const;  ///< among the tones (a foreign bass is none)
  std::optional<int> semitones_of(int degree) const;
  bool has_third() const { return semitones_of(3).has_value(); }
  bool is_minor() const { return semitones_of(3) == 3; }
  bool is_dominant() const { return semitones_of(3) == 4 && semitones_of(7) == 10; }
  /// Pitch classes in the order of the tones.
  std::vector<PitchClass> pitch_classes() const;
  friend bool operator==(const Chord&, const Chord&) = default;
};

/// Reads a jazz symbol: triads, 5, 6, 6/9, 7, maj7 (M7, ^7, Δ), m7 (-7), mMaj7, dim(7) (o), m7b5
/// (ø), aug (+), 9, 11, 13 and their forms, sus2/sus4/7sus4, add9/add11, alterations in any order
/// with or without brackets (7b9, 7#9#5, 7alt), omissions (no3, no5) and slash basses. A thirteenth
/// chord with a major third has no natural eleventh; 7alt is the altered scale without a fifth.
/// Range: up to 128 characters and 12 tones.
/// Errors: any other text, naming the part that was not understood.
Result<Chord, std::string> parse_chord(std::string_view symbol);
/// The symbol of a chord, which parse_chord reads back to the same chord.
std::string to_string(const Chord& chord);

/// A chord told by its place in whatever key: read once, found in many.
struct RomanNumeral {
  /// Where a root stands.
  struct Degree {
    int number = 0;  ///< 0-based
    int sign = 0;    ///< of the letters b and # before it
    bool is_minor = false, is_diminished = false;
    friend bool operator==(const Degree&, const Degree&) = default;
  };
  static constexpr std::size_t kMostBorrowed = 4;  // more leaves the keys that can be written

  Degree degree;
  ChordTones tones;
  int inversion = 0;                              ///< of its thirds: 1 sixth chord, 2 six-four ...
  std::optional<NoteName> bass;                   ///< the same one in all keys
  InplaceVector<Degree, kMostBorrowed> borrowed;  ///< of V7/ii the ii; the key's own degree first

  /// Church modes count their own degrees, other scales those of major or natural minor: in minor
  /// "V" is major all the same, "bVII" is "VII", and a diminished "vii" stands on the leading tone.
  Chord in(const Key& key) const;
  friend bool operator==(const RomanNumeral&, const RomanNumeral&) = default;
};

/// Reads a roman numeral: "I", "ii7", "V7", "viio7", "bVII", "IVmaj7", "iiø7", "#ivo7", figured
/// inversions "6", "64", "65", "43", "42" (the sixth chord is "add6"), borrowed keys "V7/ii" up to
/// four deep, a bass "IV/G". Upper case is major, lower case minor.
/// Errors: any other text, naming the part that was not understood.
Result<RomanNumeral, std::string> parse_roman(std::string_view numeral);
/// The same, found in a key.
Result<Chord, std::string> parse_roman(std::string_view numeral, const Key& key);
/// The numeral of a chord in a key, which parse_roman reads back to the same pitch classes and
/// bass.
std::string to_roman(const Chord& chord, const Key& key);

/// The chord built in thirds on a degree of a key (0-based) with this many tones (3 triad, 4
/// seventh ...). Range: a seven-note scale; others are read through their parent (major, or minor
/// when is_minor()).
Chord chord_on_degree(const Key& key, int degree, int tone_count);

/// Chords bar by bar: "Dm7 G7 | Cmaj7 | %". '|' parts bars, '%' repeats the bar before. Errors: an
/// unreadable chord (named), an empty bar, '%' first. Chords are parted by spaces or commas; bar
/// lines before the first bar and after the last, and double ones, are allowed.
Result<std::vector<std::vector<Chord>>, std::string> parse_chord_bars(std::string_view text);
/// The same, where roman numerals may stand beside symbols: "ii7 V7 | Cmaj7".
Result<std::vector<std::vector<Chord>>, std::string> parse_chord_bars(std::string_view text,
                                                                      const Key& key);

}  // namespace toccata
