// SPDX-License-Identifier: MIT
// Lines of single notes, drawn whole: every note weighed by harmony, contour, motif and where it
// came from.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/plan/plan.hpp>

#include "vocabulary.hpp"

namespace toccata {

/// A pitch that a line may use.
struct LinePitch {
  int number;  ///< MIDI
  Cents detune;
  double height;   ///< semitones, detune included
  int degree = 0;  ///< of the maqam, from 0; 0 in tonal music
};

/// What is known of one note of a line before it has a pitch.
struct LineNote {
  Tick onset;
  Duration duration;
  bool strong = false;             ///< on a beat, or long: prefers chord tones
  double contour = 0;              ///< the height its phrase has there, in semitones
  std::optional<double> target{};  ///< height of the note it imitates
  bool exact = false;              ///< imitates closely
  /// Rest: in a maqam on the target's degree, else on its tonic or ghammaz.
  enum class End : std::uint8_t { None, Chord, Tonic, TonicTriad, Rest } end = End::None;
};

/// A note that stands before a line: it is written already.
struct PastNote {
  Tick onset;
  double height;
};

/// How much a piece favours each interval, by size in semitones: factors of its weight.
using IntervalLeans = std::array<double, 13>;
constexpr IntervalLeans kNoLeans{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
/// Every piece has its own: an octave of odds either way.
IntervalLeans draw_interval_leans(Rng rng);

struct LineManner {
  double leap = 0.3, repeat = 0.15;
  double strong_chord_tones = 0.8;
  double contour_width = 5;  ///< semitones away from the contour at which a pitch weighs half
  IntervalLeans leans = kNoLeans;
};

/// The pitches of one part and how lines move among them.
class Lattice {
 public:
  /// Tonal: every key in range, weighed by chord and `melody_key`. Maqam: its degrees in range.
  Lattice(const Settings& settings, const Key& melody_key, PitchRange range,
          const LineManner& manner);

  std::span<const LinePitch> pitches() const { return pitches_; }
  /// One pitch index a note. `past` are the notes before the line, the last of which it moves on
  /// from; runs that the vocabulary does not keep are avoided, over the notes before it too.
  std::vector<std::size_t> draw(std::span<const LineNote> notes, const Plan& plan,
                                std::span<const PastNote> past, const Vocabulary& vocabulary,
                                Rng& rng) const;
  /// The index of the pitch nearest to a height.
  std::size_t nearest(double height) const;
  /// Steps of the scale (not chromatic ones) from one height, as a height.
  double moved_by_steps(double height, int steps) const;
  double middle() const { return middle_; }

 private:
  struct Weights {  ///< of one pitch over a chord
    double strong, weak;
    bool is_chord_tone;
  };
  using Harmony = std::vector<Weights>;  ///< of every pitch
  Harmony weigh(const Chord& chord) const;
  /// The chord of each note of a line.
  struct Harmonies {
    std::vector<Harmony> different;
    std::vector<std::size_t> of_note;
    const Harmony& operator[](std::size_t note) const { return different[of_note[note]]; }
  };
  Harmonies weigh(std::span<const LineNote> notes, const Plan& plan) const;
  double move_weight(double semitones) const;
  static double closing_weight(double semitones);
  bool is_step(std::size_t from, std::size_t to) const;
  /// What a line is drawn from.
  struct Drawing {
    std::span<const LineNote> notes;
    std::span<const PastNote> past;
    std::vector<int> past_numbers;  ///< MIDI numbers of the last Vocabulary::kRun of them
    const Vocabulary& vocabulary;
    Harmonies harmonies;
  };
  /// How welcome a pitch is as that note, wherever it comes from.
  double weight_of(const Drawing& drawing, std::size_t note, std::size_t pitch) const;
  /// A run of which the note after `path` would be the last.
  struct Unfinished {
    Vocabulary::Beginning beginning;
    int last;  ///< MIDI number of its last note so far
  };
  /// None where whatever follows is kept or imitates exactly.
  std::optional<Unfinished> unfinished_run(const Drawing& drawing,
                                           std::span<const std::size_t> path) const;
  /// How many runs of a whole path the vocabulary does not keep.
  std::size_t foreign_runs(const Drawing& drawing, std::span<const std::size_t> path) const;
  /// Lowers the odds of pitches that would end a run foreign to the vocabulary.
  void avoid_foreign_runs(const Drawing& drawing, std::span<const std::size_t> path,
                          std::span<double> odds) const;
  /// Lowers those of pitches that leave what is foreign to its chord unresolved.
  void prefer_resolution(const Drawing& drawing, std::span<const std::size_t> path,
                         std::span<double> odds) const;
  bool in_scale_at(std::size_t pitch_class) const;  ///< of the key, not of the melody alone
  double end_weight(const LineNote& note, const Harmony& harmony, std::size_t pitch) const;

  const Settings& settings_;
  Key melody_key_;
  LineManner manner_;
  std::vector<LinePitch> pitches_;
  std::vector<double> moves_;            ///< by pitch reached, then by the one it comes from
  std::vector<double> closing_moves_;    ///< the same into what closes a phrase
  std::vector<double> moves_off_chord_;  ///< the same to tones foreign to the chord: leaps are rare
  /// The triad of a maqam is its tonic, its ghammaz and its neutral third.
  std::vector<char> in_scale_, in_tonic_triad_, is_tonic_;
  std::vector<double> home_;  ///< how much each pitch says what the key is
  double middle_;
};

}  // namespace toccata
