// SPDX-License-Identifier: MIT
// The chords a genre knows in a key: how they lead on, how they close, and its fixed schemes.
#pragma once

#include <optional>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/plan/plan.hpp>

namespace toccata {

/// What lies around a chain of chords: it is led on from the one before, and leads into the one
/// after.
struct ChainEnds {
  bool begins = false;  ///< a section
  std::optional<Chord> before, after;
};

/// Root and fifth on a degree of a maqam; the root alone where the maqam lacks its fifth.
Chord drone_on(const Maqam& maqam, NoteName tonic, int degree);

class HarmonyWords {
 public:
  explicit HarmonyWords(const Settings& settings);

  /// Chords in a row, one for each place; `weak` are the second halves of bars that two share.
  /// Range: one place at least.
  std::vector<Chord> chain(const std::vector<bool>& weak, const ChainEnds& ends, Rng& rng) const;
  /// One way to close after the chord before, if any; empty when the phrase stays open.
  std::vector<Chord> cadence(Cadence cadence, const std::optional<Chord>& before, Rng& rng) const;
  /// The chord that sections begin with.
  const Chord& home() const { return states_.front(); }
  Chord final_tonic() const;
  /// The same as the genre's pieces end on it: with a sixth or a seventh where its chords have
  /// them.
  Chord closing(Rng& rng) const;
  /// The one or two chords by which the genre leads into another as if it were a tonic; none into
  /// diminished chords, nor in modes, whose own chords tell them.
  std::vector<Chord> approach_to(const Chord& chord, Rng& rng) const;
  /// Whether a chord from outside the key leads elsewhere than into the next one: neither a fifth
  /// down, as dominants do, nor a step away, as substitutes, diminished chords and back doors do,
  /// nor as the genre's table has it. Schemes are left as they are.
  bool hangs(const Chord& chord, const Chord& next) const;

  /// The genre's scheme for a section of that many bars in a twelve-bar form; the same one all
  /// through a piece.
  const ChordScheme* scheme_for(const Settings& settings, int bars, const Rng& piece) const;
  std::vector<std::vector<Chord>> bars_of(const ChordScheme& scheme) const;
  /// Blues choruses keep their own turnarounds.
  bool keeps_scheme_ends() const { return schemes_ != nullptr; }
  /// Music of a maqam has roots and fifths, symmetric scales the triads that they hold: no
  /// functions.
  bool is_modal() const { return maqam_ != nullptr || is_symmetric_; }

 private:
  void learn_modal(const Settings& settings);
  void learn_symmetric();
  void learn_mode(const HarmonyMode& mode);
  double follows(const std::optional<Chord>& before, const Chord& chord) const;
  /// In a mode, that mode's own.
  Chord chord_of(const RomanNumeral& numeral) const;
  std::vector<Chord> chords_of(const std::vector<RomanNumeral>& numerals) const;

  Key key_;       ///< major or minor, in which numerals are read
  Key sounding_;  ///< the key as asked: its mode may need other chords
  bool is_minor_, is_symmetric_;
  const Maqam* maqam_;
  double minor_weight_;  ///< of minor chords but the tonic's, the less the brighter the mood
  bool is_coloured_;
  const std::vector<ChordScheme>* schemes_ = nullptr;
  std::vector<Chord> states_;
  std::vector<bool> tense_;    ///< of each: whether it presses on
  std::vector<double> moves_;  ///< states x states
  struct Close {
    std::vector<Chord> chords;
    double weight = 1;
  };
  std::vector<Close> authentic_, half_;
  const HarmonyStyle* style_;
};

}  // namespace toccata
