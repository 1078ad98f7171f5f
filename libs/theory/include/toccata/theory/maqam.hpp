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
  Documented,   ///< one measured or historical tuning; which one stands in the data file
};

/// A tetrachord, pentachord or trichord: degrees above its own tonic.
struct Jins {
  std::string id;                        ///< "rast"
  std::vector<int> quarter_tones;        ///< ascending from 0; 24 to the octave
  std::vector<double> documented_cents;  ///< the same degrees in the documented intonation
};

/// Where a jins stands within a maqam.
struct JinsPlace {
  std::string jins;
  int degree;  ///< 0-based degree of the maqam on which it is built
};

/// A maqam: its scale, its ajnas, and how a melody moves through it (sayr).
///
/// Source: data/maqamat.json, which names a reference for each.
struct Maqam {
  std::string id;                             ///< "rast"
  NoteName usual_tonic;                       ///< C for Rast, D for Bayati and Hijaz
  std::vector<int> quarter_tones;             ///< seven degrees ascending, from 0; 24 to the octave
  std::vector<double> documented_cents;       ///< the same degrees in the documented intonation
  std::vector<int> descending_quarter_tones;  ///< where it differs; else the same
  std::vector<int> letters;                   ///< staff letters above the tonic's, 0..6
  JinsPlace lower, upper;
  std::vector<JinsPlace> alternatives;  ///< ajnas to which the upper part may modulate
  int ghammaz;    ///< degree on which the upper jins begins: the dominant of the path
  int starts_on;  ///< degree where a melody usually begins
  enum class Path : std::uint8_t { Ascending, Descending, Mixed } path;

  int size() const { return static_cast<int>(quarter_tones.size()); }

  static const Maqam* find(std::string_view name);
  static std::span<const Maqam> all();
};

/// A degree of a maqam as it sounds: the nearest key and how far it lies from it.
struct TunedPitch {
  int number;    ///< MIDI number of the key, which may lie outside Pitch's range
  Cents detune;  ///< [-50, 50]; a degree exactly between two keys is written as the upper one, 50
                 ///< cents low
};
/// Degree 0 is the tonic in the octave of `tonic_number`; negative degrees lie below it.
TunedPitch tuned_degree(const Maqam& maqam, Intonation intonation, int degree, int tonic_number);
/// How that degree is written: half-flats are the upper letter's natural with detune -50, as
/// MusicXML's alter -0.5.
SpelledPitch spelled_degree(const Maqam& maqam, int degree, SpelledPitch tonic);
/// True where the degree is none of the twelve keys' pitches (within 25 cents): a neutral interval.
bool is_neutral(const Maqam& maqam, int degree);

}  // namespace toccata
