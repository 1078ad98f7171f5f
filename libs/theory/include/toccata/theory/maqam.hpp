// SPDX-License-Identifier: MIT
// Maqamat with their ajnas, and tunings that place their degrees in cents.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/theory/pitch.hpp>

namespace toccata {

enum class Intonation : std::uint8_t {
  QuarterTone,  ///< 24 equal steps to the octave, as on modern keyboards and in notation
  Documented,   ///< as measured in Cairo: Mokhtar and Mosharrafa, Nature 140 (1937), pages 548-549
};

/// A tetrachord, pentachord or trichord: degrees above its own tonic.
struct Jins {
  std::string id;                        ///< "rast"
  std::vector<int> quarter_tones;        ///< ascending from 0; 24 to the octave
  std::vector<double> documented_cents;  ///< the same degrees in the documented intonation

  static const Jins* find(std::string_view id);
  static std::span<const Jins> all();
};

/// Where a jins stands within a maqam.
struct JinsPlace {
  std::string jins;
  int degree;  ///< 0-based degree of the maqam on which it is built
};

/// A stretch of a maqam's path (sayr).
struct Station {
  int from, to;  ///< degrees among which the melody moves; below 0 under the tonic
  int rests;     ///< degree on which its phrases end
};

/// A maqam: its scale, its ajnas, and how a melody moves through it (sayr).
///
/// Source: data/maqamat.json, which names a reference for each.
struct Maqam {
  std::string id;        ///< "rast"
  NoteName usual_tonic;  ///< C for Rast, D for Bayati and Hijaz, E for Sikah
  /// How far the tonic lies from the key it is named by: -1 for Sikah and Huzam, on E half-flat;
  /// else 0.
  int tonic_quarter_tones;
  double tonic_documented_cents;              ///< the same in the documented intonation
  std::vector<int> quarter_tones;             ///< seven degrees ascending, from 0; 24 to the octave
  std::vector<double> documented_cents;       ///< the same degrees in the documented intonation
  std::vector<int> descending_quarter_tones;  ///< where it differs; else the same
  std::vector<double> descending_documented_cents;
  std::vector<int> letters;  ///< staff letters above the tonic's, 0..6
  JinsPlace lower, upper;
  std::vector<JinsPlace> alternatives;  ///< ajnas to which the upper part may modulate
  int ghammaz;                 ///< degree on which the upper jins begins: the dominant of the path
  std::vector<int> starts_on;  ///< degrees where melodies begin, the likeliest first
  std::vector<Station> path;   ///< of equal lengths; the last rests on the tonic

  int size() const { return static_cast<int>(quarter_tones.size()); }

  /// By id or another spelling ("bayyati", "segah"), with or without "maqam". Case, spaces, '-' and
  /// '_' are not regarded. Null when there is none.
  static const Maqam* find(std::string_view name);
  static std::span<const Maqam> all();
};

/// The maqam while its upper part has another jins: the degrees of `place`'s jins as far as the
/// octave, on the way up and down.
Maqam with_jins(const Maqam& maqam, const JinsPlace& place);

/// Which form of the scale: some maqamat lower a degree on the way down.
enum class Direction : std::uint8_t { Ascending, Descending };

/// A degree of a maqam as it sounds: the key it is written by and how far it lies from it.
struct TunedPitch {
  int number;    ///< MIDI number of the key, which may lie outside Pitch's range
  Cents detune;  ///< [-50, 50]; the documented intonation keeps the same key, and reaches -60
};
/// Degree 0 is the tonic in the octave of `tonic_number`; negative degrees lie below it. A degree
/// exactly between two keys is written as the upper one, 50 cents low. In Sikah and Huzam the tonic
/// itself lies a quarter tone under `tonic_number`.
TunedPitch tuned_degree(const Maqam& maqam, Intonation intonation, int degree, int tonic_number,
                        Direction direction = Direction::Ascending);
/// How that degree is written: half-flats are the upper letter's natural with detune -50, as
/// MusicXML's alter -0.5. It sounds as tuned_degree's key.
SpelledPitch spelled_degree(const Maqam& maqam, int degree, SpelledPitch tonic,
                            Direction direction = Direction::Ascending);
/// True where the degree is none of the twelve keys' pitches (within 25 cents): a neutral interval,
/// or the half-flat tonic of Sikah.
bool is_neutral(const Maqam& maqam, int degree, Direction direction = Direction::Ascending);
/// True where the descending scale has another pitch on that degree.
bool is_lowered_descending(const Maqam& maqam, int degree);

}  // namespace toccata
