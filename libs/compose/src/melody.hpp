// SPDX-License-Identifier: MIT
// Melodies: motifs that return and change, phrases that rise, fall and breathe, sections that come
// back.
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "lattice.hpp"
#include "rhythm.hpp"

namespace toccata {

class MelodyWriter {
 public:
  /// `rng` is the melody's own. `range` is where the line may go.
  MelodyWriter(const Settings& settings, const Plan& plan, PitchRange range, const Rng& rng);

  /// The notes of one section, in order. Sections must be asked for in the order of the plan.
  std::vector<Note> write(const SectionPlan& section);

 private:
  /// A note of a theme. Times count from the section's beginning.
  struct ThemeNote {
    Duration at, duration;
    double height;
    bool ends_phrase = false;
  };
  using Theme = std::vector<ThemeNote>;
  struct Motif {
    Rhythm rhythm;
    std::vector<double> heights;
  };
  /// The height that a note is drawn towards, or has.
  struct Target {
    double height;
    bool exact;
  };
  using Targets = std::vector<Target>;
  enum class Echo : std::uint8_t { Exact, Sequence, Inversion, Augmented, RhythmOnly };
  struct Known {
    std::string material;
    Theme theme;
    int bars;
    Cadence cadence;
    Bar first;
  };
  /// A phrase under construction.
  struct Phrase {
    const SectionPlan& section;
    int first_bar, bars;  ///< within the section
    Cadence cadence;
    double base, arch;  ///< its contour: height at its ends, and how much it rises between
    double tilt;        ///< how much higher it ends than it begins
  };

  Theme write_fresh(const SectionPlan& section, Rng& rng);
  Theme returned(const Known& known, const SectionPlan& section, Rng& rng);
  void write_phrase(const Phrase& phrase, std::vector<Motif>& motifs, Theme& theme, Rng& rng);
  void write_unit(const Phrase& phrase, int bar, int bars, std::vector<Motif>& motifs, bool opens,
                  Theme& theme, Rng& rng);
  /// Where in its bar the last note of a phrase falls.
  Duration resting_place(bool final, Rng& rng) const;
  /// Whether a neutral degree has sounded in the sections before.
  bool has_heard(int degree) const;
  /// Puts the closing steps of a maqam before the last note; gives their heights.
  Targets put_homecoming(Rhythm& rhythm, Duration rest_at, Rng& rng) const;
  /// The part of a maqam's path in which a bar of a section lies.
  const Station& station_at(const SectionPlan& section, int bar) const;
  /// Of a degree above or under the tonic on which a maqam's melody ends.
  double height_of(int degree) const;
  /// The first note of a maqam's melody; no target elsewhere.
  Targets beginning(const SectionPlan& section, Rng& rng) const;
  double width() const;        ///< of the contours, beside the usual ones
  double home_height() const;  ///< of the tonic on which a maqam's melody ends
  LineNote::End close_of(const Phrase& phrase) const;
  void write_cadence(const Phrase& phrase, int bar, int bars, std::span<const Motif> motifs,
                     Theme& theme, Rng& rng);
  /// Whether a note may have that height: strong ones only if it sounds in the chord of their time;
  /// in a maqam every degree does.
  bool fits(Tick onset, const RhythmNote& note, double height) const;
  bool is_strong(const RhythmNote& note) const;
  /// Targets are those of the first notes.
  void draw_into(const Phrase& phrase, int bar, const Rhythm& rhythm, const Targets& targets,
                 LineNote::End end, Theme& theme, Rng& rng);
  Targets targets_of(const Motif& motif, Echo echo, const Rhythm& rhythm, const Phrase& phrase,
                     int bar, Rng& rng) const;
  bool has_same_chord(const Known& known, const SectionPlan& section, Duration at) const;
  /// Draws notes again, near their old heights, to fit the chords they now stand over.
  void redraw(const Known& known, const Theme& notes, Theme& theme, const SectionPlan& section,
              Rng& rng);
  /// A few notes before a phrase that lead into it; `goal` is the height of its first note where
  /// that is known. None where the notes before leave no room.
  void add_pickup(const SectionPlan& section, Theme& theme, Duration phrase_begin,
                  std::optional<double> goal, Rng& rng);
  /// The notes of a pick-up bar, before the first section.
  void open_before(const SectionPlan& section, Theme& theme) const;
  /// Now and then a pick-up into the section after this one.
  void lead_on(Theme& theme, const SectionPlan& section);
  /// Changes some bars of a theme that returns; more of them where the form asks for a variant.
  void vary(Theme& theme, const SectionPlan& section, Rng& rng);
  Phrase make_phrase(const SectionPlan& section, int first_bar, int bars, Cadence cadence,
                     Rng& rng);
  RhythmManner manner_in(const SectionPlan& section, Rng& rng) const;
  /// The notes before what is written next.
  std::vector<PastNote> past_of(const Theme& theme, const SectionPlan& section) const;
  /// When they begin, counted from a point of the section.
  static std::vector<Duration> onsets_before(const Theme& theme, Duration at);
  double base_height(const SectionPlan& section, int first_bar) const;
  std::vector<Note> to_notes(const Theme& theme, const SectionPlan& section);
  Tick begin_of(const SectionPlan& section) const;

  const Settings& settings_;
  const Plan& plan_;
  BarGrid grid_;
  Lattice lattice_;
  Rng rng_;
  Vocabulary vocabulary_;
  FigureLeans leans_;
  RhythmManner manner_;  ///< of the section being written
  std::vector<Known> known_;
  std::array<bool, 12> heard_{};  ///< pitch classes that have sounded off the piano's keys
  std::vector<PastNote> past_;    ///< the last notes of the section before
};

/// The key that melodies of these settings keep to: narrower than the piece's where the genre says
/// so.
Key melody_key(const Settings& settings);

}  // namespace toccata
