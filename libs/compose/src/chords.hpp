// SPDX-License-Identifier: MIT
// Accompaniments: comping, broken chords, blocks, power chords, pads, shuffles, heterophony.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <toccata/plan/plan.hpp>
#include <toccata/theory/voicing.hpp>

#include "grid.hpp"

namespace toccata {

class ChordsWriter {
 public:
  /// `seat` says who plays; its instrument bounds the voicings.
  ChordsWriter(const Settings& settings, const Plan& plan, const Seat& seat, ChordsIdiom idiom,
               const Rng& rng);
  /// The notes of one section; `melody` is what is played above, for heterophony and answers.
  std::vector<Note> write(const SectionPlan& section, std::span<const Note> melody);

 private:
  /// What a material keeps: where chords are struck, and the order of their tones when broken.
  struct Figure {
    std::vector<Duration> strokes;
    std::vector<std::size_t> order;
  };

  Figure draw_figure(double energy, Rng& rng) const;
  void write_bar(Bar bar, const Figure& figure, std::vector<Note>& notes);
  void write_struck(Bar bar, const Figure& figure, std::vector<Note>& notes);
  void write_broken(Bar bar, const Figure& figure, std::vector<Note>& notes);
  void write_held(Bar bar, std::vector<Note>& notes);
  void write_shuffle(Bar bar, const Figure& figure, std::vector<Note>& notes);
  void follow_melody(Bar bar, std::span<const Note> melody, std::vector<Note>& notes, Rng& rng);
  void answer(const SectionPlan& section, std::span<const Note> melody, std::vector<Note>& notes,
              Rng& rng);
  const Voicing& voicing_at(Tick at);
  /// A seventh with the ninth that the key gives it, where the genre colours its chords so.
  Chord coloured(const Chord& chord) const;
  void strike(Tick onset, Tick end, const Voicing& voicing, std::vector<Note>& notes) const;
  void add(Tick onset, Tick end, int number, Cents detune, std::vector<Note>& notes) const;

  const Settings& settings_;
  const Plan& plan_;
  ChordsIdiom idiom_;
  BarGrid grid_;
  Rng rng_;
  VoicingOptions options_;
  Voicing voicing_;
  const ChordSpan* voiced_ = nullptr;
  std::vector<std::pair<std::string, Figure>> figures_;
};

}  // namespace toccata
