// SPDX-License-Identifier: MIT
// Accompaniments: comping, broken chords, blocks, power chords, pads, shuffles, heterophony.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <toccata/plan/plan.hpp>
#include <toccata/theory/voicing.hpp>

#include "grid.hpp"
#include "hand.hpp"
#include "rhythm.hpp"

namespace toccata {

class ChordsWriter {
 public:
  /// `seat` says who plays; its instrument bounds the voicings.
  ChordsWriter(const Settings& settings, const Plan& plan, const Seat& seat, ChordsIdiom idiom,
               const Rng& rng);
  /// The notes of one section; `melody` is what is played above, for heterophony and answers.
  std::vector<Note> write(const SectionPlan& section, std::span<const Note> melody);

 private:
  struct Stroke {
    Duration at;
    std::uint64_t touch;  ///< seed of how it is played
  };
  /// What a material keeps: where chords are struck, and the order of their tones when broken.
  struct Figure {
    std::vector<Stroke> strokes;
    std::vector<std::size_t> order;
  };

  Figure draw_figure(double energy, Rng& rng) const;
  /// The figure as a player plays it again: a stroke more, less or moved here and there.
  Figure played_again(const Figure& figure, double energy, Rng& rng) const;
  double odds_at(double energy) const;
  void write_bar(Bar bar, const Figure& figure, std::vector<Note>& notes);
  void write_struck(Bar bar, const Figure& figure, std::vector<Note>& notes);
  void write_broken(Bar bar, const Figure& figure, std::vector<Note>& notes);
  void write_last_bar(Bar bar, std::vector<Note>& notes);
  /// Tones or strokes before the last chord; gives where that one begins.
  Tick break_into(Tick onset, Tick end, const Voicing& voicing, Rng& rng,
                  std::vector<Note>& notes) const;
  void write_shuffle(Bar bar, const Figure& figure, std::vector<Note>& notes);
  void follow_melody(Bar bar, std::span<const Note> melody, std::vector<Note>& notes, Rng& rng);
  void answer(const SectionPlan& section, std::span<const Note> melody, std::vector<Note>& notes,
              Rng& rng);
  const Voicing& voicing_at(Tick at);
  /// A minor or dominant seventh with the ninth that the key gives it, where the genre colours its
  /// chords so.
  Chord coloured(const Chord& chord) const;
  void strike(Tick onset, Held held, const Voicing& voicing, std::vector<Note>& notes) const;
  /// The voices of a chord that a stroke takes.
  Voicing thinned(const Voicing& voicing, Rng& touch) const;
  /// A held chord set in motion: its tones enter one by one, or one of them is suspended.
  void unfold(Tick onset, Tick end, const Voicing& voicing, Rng touch,
              std::vector<Note>& notes) const;
  /// A tone held to an end, or struck again on the way, by way of a neighbour or not.
  void hold(Tick onset, Tick end, int number, Rng& touch, std::vector<Note>& notes) const;
  std::optional<std::size_t> suspended_voice(const Voicing& voicing, Rng& touch) const;
  void add(Tick onset, Held held, int number, Cents detune, std::vector<Note>& notes) const;

  const Settings& settings_;
  const Plan& plan_;
  ChordsIdiom idiom_;
  BarGrid grid_;
  Rng rng_;
  PitchRange range_;  ///< of the instrument
  VoicingOptions options_;
  OnsetProfile onsets_;
  Touch touch_;
  FigureLeans leans_;
  double thins_, anticipates_;  ///< chances: a voice less in a stroke, a chord before its time
  double boogie_, singles_;     ///< the boogie hand's sevenths, and its single tones
  Voicing voicing_;
  const ChordSpan* voiced_ = nullptr;
  std::vector<std::pair<std::string, Figure>> figures_;
};

}  // namespace toccata
