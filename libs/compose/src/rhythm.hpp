// SPDX-License-Identifier: MIT
// Rhythms of a line: where its notes begin and how long they are written.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "grid.hpp"
#include "vocabulary.hpp"

namespace toccata {

struct RhythmNote {
  Duration at;  ///< from the beginning of the unit
  Duration duration;
};
using Rhythm = std::vector<RhythmNote>;

/// How much a piece favours each way of dividing a beat: factors of its weight.
using FigureLeans = std::array<double, 16>;
/// Every piece has its own: two octaves of odds either way.
FigureLeans draw_figure_leans(Rng rng);

/// How a line's rhythm is drawn in one section.
struct RhythmManner {
  OnsetProfile onsets;
  double odds = 1;
  double anticipation = 0, triplets = 0, rest = 0;
  double figures = 0;      ///< chance that a beat is divided in a way that the piece favours
  double uneven = 0;       ///< chance that the middle of five evenly spaced notes gives way
  double syncopation = 1;  ///< chance that a note held over a stronger place stays so
  double recurs = 0;       ///< chance that a bar has the rhythm of the one before
  bool swings = false;     ///< eighths are played long and short: sixteenths have no place
  FigureLeans leans{};
  const Vocabulary* vocabulary = nullptr;  ///< rhythms of the piece's own are sought; null: any
};

/// A rhythm of some bars. Notes are held to the next onset; the last to the end of its bar at most.
/// `before` are the onsets of the notes before it, which are negative.
Rhythm draw_rhythm(const BarGrid& grid, int bars, std::span<const Duration> before,
                   const RhythmManner& manner, Rng& rng);

/// Onsets of one bar of an accompaniment: drawn place by place, some beats divided by figures.
std::vector<Duration> draw_strokes(const BarGrid& grid, const RhythmManner& manner, Rng& rng);

/// Of so many such bars the one that the profile makes least likely: a player's own.
std::vector<Duration> draw_own_strokes(const BarGrid& grid, const RhythmManner& manner, int tries,
                                       Rng& rng);

/// Figures of the beats from one up to `length` later, counted from that beat.
std::vector<Duration> draw_figures(const BarGrid& grid, int first_beat, Duration length,
                                   const RhythmManner& manner, Rng rng);

/// Onsets, counted from the beat `first_beat` of a bar, of the beats up to `length` later that lead
/// to a resting place or a phrase: each beat whole, halved, dotted or divided further, the more
/// notes the denser the manner.
/// `before` are the onsets of the notes before it, and `after` is that of the note it leads to.
std::vector<Duration> draw_lead_in(const BarGrid& grid, int first_beat, Duration length,
                                   std::span<const Duration> before, Duration after,
                                   const RhythmManner& manner, Rng& rng);

/// The same rhythm at half speed, cut where it would leave its length.
Rhythm augmented(const Rhythm& rhythm, Duration length);

/// Holds every note to the next one, the last to `length`, none longer than `longest`.
void hold_to_next(Rhythm& rhythm, Duration length, Duration longest);

}  // namespace toccata
