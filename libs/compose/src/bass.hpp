// SPDX-License-Identifier: MIT
// Bass lines: patterns on the roots, walking, drones.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <toccata/plan/plan.hpp>

#include "chord_scale.hpp"
#include "grid.hpp"
#include "hand.hpp"
#include "rhythm.hpp"
#include "walk_figure.hpp"

namespace toccata {

class BassWriter {
 public:
  BassWriter(const Settings& settings, const Plan& plan, PitchRange range, const Rng& rng);
  /// The notes of one section. Sections must be asked for in the order of the plan.
  std::vector<Note> write(const SectionPlan& section);

 private:
  enum class Tone : std::uint8_t { Root, Third, Fifth, Octave, Lead };  ///< Lead: steps on
  struct Stroke {
    Duration at;
    Tone tone;
    std::uint64_t touch;  ///< seed of how long it is held
  };
  using Pattern = std::vector<Stroke>;
  /// What a material was first played like.
  struct Known {
    std::string material;
    double energy;
    Pattern pattern;
    std::array<WalkBar, 2> figure;  ///< of a walking bass, in place of a pattern
  };

  Known first_played(const SectionPlan& section, Rng& rng) const;
  /// A pattern of the piece's own: of a few the one that any bass player would play least.
  Pattern draw_pattern(const SectionPlan& section, Rng& rng) const;
  Stroke draw_stroke(Duration at, Rng& rng) const;
  double chance_of(Tone tone) const;
  /// The pattern as a player plays it again: kept, or a stroke more, less or moved here and there.
  Pattern played_again(const Pattern& pattern, double energy, Rng& rng) const;
  /// The pattern with the strokes that much more energy adds: the same ones in every bar.
  Pattern fuller(const Known& known, double energy, Rng rng) const;
  double odds_at(double energy) const;
  RhythmManner manner_at(double energy) const;
  /// The end of a bar, led into what follows: strokes from a late beat on give way to steps.
  void put_lead(Pattern& strokes, double energy, Rng& rng) const;
  void write_bar(Bar bar, const Pattern& pattern, std::vector<Note>& notes, Rng& rng);
  void hold_over(int beat, Tick line, std::vector<Note>& notes, Rng& rng);
  void write_beat(int beat, Tick line, std::span<const int> walk, std::vector<Note>& notes,
                  Rng& rng);
  void write_walking_bar(Bar bar, const WalkBar& figure, double energy, std::vector<Note>& notes,
                         Rng& rng);
  /// The figure as it goes elsewhere for a bar.
  void depart(Tick line, double energy, WalkBar& figure, Rng& rng) const;
  /// A path from a step of a bar's chord towards the next chord.
  WalkPath draw_path(Tick line, int first, Rng& rng) const;
  /// The numbers of a bar's beats; empty where a bass is given or the tones are a maqam's.
  std::vector<int> walk_of(Tick line, const WalkPath& path) const;
  int tone_of_step(const Chord& chord, const PitchClassSet& scale, int step, bool is_strong) const;
  bool begins_at(Tick line) const;  ///< whether another chord sounded before
  void write_figure(Tick line, std::vector<WalkStroke> strokes, std::span<const int> walk,
                    std::vector<Note>& notes, Rng& rng);
  void strike(Duration at, std::vector<WalkStroke>& strokes) const;
  /// What a stroke between beats plays after the tone last played, towards a goal if it is known.
  int turned(WalkTurn turn, const Chord& chord, std::optional<int> goal) const;
  /// Where a chord's root is played: a figure has it at one place of the fingerboard.
  int root_of(const Chord& chord) const;
  /// How many semitones a degree lies above the root, as the chord or else its scale has it.
  static int degree_above(const Chord& chord, const PitchClassSet& scale, int degree);
  void write_last_bar(Bar bar, std::vector<Note>& notes);
  /// Strokes that lead to the last note; gives where it falls.
  Tick lead_home(Tick line, const Chord& chord, int goal, std::vector<Note>& notes, Rng& rng);
  void add(Tick onset, Held held, int number, std::vector<Note>& notes);
  int tone_number(const Chord& chord, Tone tone) const;
  int walk_to(Tick at, const Chord& chord, const ChordSpan* next, Rng& rng) const;
  int approach(int target, const Chord& chord, Rng& rng) const;
  /// So many steps of the chord's scale short of a goal, below it where the line rises.
  int steps_short_of(int goal, int steps, bool rises, const Chord& chord) const;
  /// The pitch of this class nearest to a number, inside the range.
  int placed(PitchClass pitch_class, int near) const;
  const ChordSpan* chord_after(Tick at) const;

  const Settings& settings_;
  const Plan& plan_;
  PitchRange range_;
  BarGrid grid_;
  Rng rng_;
  BassStyle style_;  ///< the genre's, as this player takes it
  Touch touch_;
  FigureLeans leans_;
  std::array<double, 3> splits_;  ///< how often a walking beat is split in each way
  double halves_;                 ///< chance that a walking bar goes in half notes
  int home_;                      ///< the number around which the line lies
  int last_;                      ///< the number last played
  std::vector<Known> patterns_;   ///< of each material
};

}  // namespace toccata
