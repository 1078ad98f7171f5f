// SPDX-License-Identifier: MIT
// The catalogue of instruments: programs, ranges and what they are called.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/score/score.hpp>
#include <toccata/theory/voicing.hpp>

namespace toccata {

/// The keys of General MIDI's percussion that stand for the strokes of a hand drum.
struct HandStrokes {
  int low, high;  ///< dum and tak
  int light;      ///< what marks the time between: jingles, muted taps
};

/// One instrument that can be asked for. Source: data/instruments.json.
struct InstrumentInfo {
  std::string id;  ///< "double bass"
  std::vector<std::string>
      names;              ///< in English and French, without accents: "contrebasse", "upright bass"
  std::string french;     ///< as it is written: "flûte à bec"
  Instrument instrument;  ///< its General MIDI program
  PitchRange range;       ///< of a good player, written and sounding alike
  PitchRange comfortable;  ///< where melodies lie well
  bool is_polyphonic;      ///< can play chords
  bool is_bass;            ///< can play the bass line of an ensemble
  bool is_distorted;       ///< chords with thirds are mud on it: it plays fifths
  bool breathes;           ///< wind or voice: phrases end with a breath
  std::string family;      ///< "keys", "strings", "guitar", "winds", "brass", "mallets", "synth",
                           ///< "voice", "drums"
  std::vector<std::string> kinds;      ///< ids it is a kind of: who refuses those refuses it
  std::optional<HandStrokes> strokes;  ///< of a hand drum; a kit has none

  /// By id or by one of its names; case and accents are not regarded. Null where there is none.
  static const InstrumentInfo* find(std::string_view name);
  /// The first that sounds with a program. Null where there is none.
  static const InstrumentInfo* find(const Instrument& instrument);
  static std::span<const InstrumentInfo> all();
};

}  // namespace toccata
