// SPDX-License-Identifier: MIT
// Rhythms of a line: where its notes begin and how long they are written.
#pragma once

#include <vector>

#include "grid.hpp"

namespace toccata {

struct RhythmNote {
  Duration at;  ///< from the beginning of the unit
  Duration duration;
};
using Rhythm = std::vector<RhythmNote>;

/// How a line's rhythm is drawn in one section.
struct RhythmManner {
  OnsetProfile onsets;
  double odds = 1;
  double anticipation = 0, triplets = 0, rest = 0;
  bool swings = false;  ///< eighths are played long and short: sixteenths have no place
};

/// A rhythm of some bars. Notes are held to the next onset; the last to the end of its bar at most.
Rhythm draw_rhythm(const BarGrid& grid, int bars, const RhythmManner& manner, Rng& rng);

/// Onsets, counted from the beat `first_beat` of a bar, of the beats up to `length` later that lead
/// to a resting place or a phrase: each beat whole, halved, dotted or divided further, the more
/// notes the denser the manner.
std::vector<Duration> draw_lead_in(const BarGrid& grid, int first_beat, Duration length,
                                   const RhythmManner& manner, Rng& rng);

/// The same rhythm at half speed, cut where it would leave its length.
Rhythm augmented(const Rhythm& rhythm, Duration length);

/// Holds every note to the next one, the last to `length`, none longer than `longest`.
void hold_to_next(Rhythm& rhythm, Duration length, Duration longest);

}  // namespace toccata
