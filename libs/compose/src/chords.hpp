// SPDX-License-Identifier: MIT
// Accompaniments: comping, broken chords, arpeggios, blocks, power chords, pads, shuffles,
// heterophony.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <toccata/plan/plan.hpp>
#include <toccata/theory/voicing.hpp>

#include "arpeggio.hpp"
#include "grid.hpp"
#include "hand.hpp"
#include "rhythm.hpp"

namespace toccata {

/// What a hand does with a stroke of a chord.
enum class Way : std::uint8_t {
  Whole,     ///< all voices at once
  Thin,      ///< a voice less, or one an octave away
  Turned,    ///< another inversion
  Split,     ///< some voices first, the others after them
  Answered,  ///< a voice or two struck again before the next stroke
  Moved,     ///< a voice steps to its neighbour and back
};
/// How much a piece's hand favours each: factors of its weight.
using WayLeans = std::array<double, 6>;
/// `own` is that of the genre's chords.
WayLeans draw_way_leans(double own, Rng rng);

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

  Figure draw_figure(const SectionPlan& section, Rng& rng) const;
  /// The figure as a player plays it again: kept, or a stroke more, less or moved here and there.
  Figure played_again(const Figure& figure, double energy, Rng& rng) const;
  /// What a bar makes of it.
  Figure figure_in(const SectionPlan& section, Bar bar, const Figure& known, Rng& rng) const;
  /// How long each tone of a broken chord has.
  Duration broken_step() const;
  RhythmManner manner_at(double energy) const;
  void write_bar(Bar bar, const Figure& figure, double energy, std::vector<Note>& notes);
  /// A figure's strokes in a bar, with one more where a chord that the user gave begins and no
  /// other would strike it.
  std::vector<Stroke> with_changes(const Figure& figure, Tick line, Tick end) const;
  void write_struck(Bar bar, const Figure& figure, std::vector<Note>& notes);
  void write_broken(Bar bar, const Figure& figure, std::vector<Note>& notes);
  void write_arpeggio(Bar bar, double energy, std::vector<Note>& notes) const;
  void write_last_bar(Bar bar, std::vector<Note>& notes);
  /// Tones or strokes before the last chord; gives where that one begins.
  Tick break_into(Tick onset, Tick end, const Voicing& voicing, Rng& rng,
                  std::vector<Note>& notes) const;
  void write_shuffle(Bar bar, const Figure& figure, std::vector<Note>& notes);
  void follow_melody(Bar bar, std::span<const Note> melody, std::vector<Note>& notes, Rng& rng);
  int below_melody(int number) const;
  void pluck(Tick onset, Tick until, int number, Cents detune, Rng& rng,
             std::vector<Note>& notes) const;
  void fill_in(Tick onset, Rng& rng, std::vector<Note>& notes);
  void answer_with(const ChordSpan& span, Tick onset, Held held, Rng& touch,
                   std::vector<Note>& notes) const;
  void answer(const SectionPlan& section, std::span<const Note> melody, std::vector<Note>& notes,
              Rng& rng);
  const Voicing& voicing_at(Tick at);
  /// The lowest note of the melody while a chord lasts; above all where it rests.
  int melody_floor(const ChordSpan& span) const;
  /// A voicing without neighbours a semitone apart, where it can be had.
  Voicing spread(Voicing voicing, const Chord& chord) const;
  /// Where a chord is played: in the hand's range and below the melody, an octave at least.
  PitchRange room(const ChordSpan& span) const;
  /// A minor or dominant seventh with the ninth that the key gives it, where the genre colours its
  /// chords so.
  Chord coloured(const Chord& chord) const;
  void strike(Tick onset, Held held, const Voicing& voicing, std::vector<Note>& notes) const;
  /// A stroke in one of the ways that this hand has.
  void play(Tick onset, Held held, const Voicing& voicing, Rng& touch,
            std::vector<Note>& notes) const;
  /// The only stroke of a bar, which is not left bare.
  void play_alone(Tick onset, Held held, const Voicing& voicing, Rng& touch,
                  std::vector<Note>& notes) const;
  void play_as(Way way, Tick onset, Held held, const Voicing& voicing, Rng& touch,
               std::vector<Note>& notes) const;
  /// The voices of a power chord that a stroke takes.
  Voicing strings_of(const Voicing& voicing, Rng& touch) const;
  /// A voice less, or one an octave away.
  Voicing thinned(const Voicing& voicing, Rng& touch) const;
  /// The next inversion up or down.
  Voicing turned(const Voicing& voicing, Rng& touch) const;
  /// A time after a stroke while it sounds; none where there is no room.
  std::optional<Duration> time_within(Duration sounds, Rng& touch) const;
  void split(Tick onset, Duration later, Held held, const Voicing& voicing, Rng& touch,
             std::vector<Note>& notes) const;
  void answer_stroke(Tick onset, Duration later, Held held, const Voicing& voicing, Rng& touch,
                     std::vector<Note>& notes) const;
  void move_voice(Tick onset, Duration later, Held held, const Voicing& voicing, Rng& touch,
                  std::vector<Note>& notes) const;
  /// A held chord set in motion: its tones enter one by one, or one of them is suspended.
  void unfold(Tick onset, Tick end, const Voicing& voicing, Rng touch,
              std::vector<Note>& notes) const;
  /// A tone held to an end, or struck again on the way, by way of a neighbour or not.
  void hold(Tick onset, Tick end, int number, Rng& touch, std::vector<Note>& notes) const;
  /// Chords that the user gave keep their tones, and quarter-tones have neighbours of their own.
  bool may_leave_chords() const;
  std::optional<std::size_t> suspended_voice(const Voicing& voicing, Rng& touch) const;
  void add(Tick onset, Held held, int number, Cents detune, std::vector<Note>& notes) const;

  const Settings& settings_;
  const Plan& plan_;
  ChordsIdiom idiom_;
  BarGrid grid_;
  Rng rng_;
  PitchRange range_;    ///< of the instrument
  bool one_at_a_time_;  ///< it has no two notes at once
  bool is_distorted_;
  VoicingOptions options_;
  OnsetProfile onsets_;
  Touch touch_;
  FigureLeans leans_;
  WayLeans ways_;
  Arpeggio arpeggio_;
  double fullness_ = 0;           ///< how far power chords take all their strings
  double anticipates_;            ///< chance of a chord before its time
  double two_tones_;              ///< chance that a stroke of a broken chord takes two
  double boogie_, singles_;       ///< the boogie hand's sevenths, and its single tones
  int other_hand_;                ///< from where on its other hand plays
  std::span<const Note> melody_;  ///< of the section that is written
  int top_ = 0;                   ///< how high the hand may go in the chord that sounds
  Voicing voicing_;
  const ChordSpan* voiced_ = nullptr;
  std::vector<std::pair<Chord, Voicing>> voicings_;  ///< as each chord was first played
  std::vector<std::pair<std::string, std::vector<Figure>>> figures_;  ///< of each material
};

}  // namespace toccata
