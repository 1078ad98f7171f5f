// SPDX-License-Identifier: MIT
// What one player does alike throughout a piece, so that two pieces of a genre have two players.
#pragma once

#include <toccata/base/rng.hpp>
#include <toccata/plan/genre.hpp>

#include "grid.hpp"

namespace toccata {

/// After so many bars a groove comes round.
constexpr int kLoopBars = 4;

/// A genre's chances as one player takes them: each moved by up to an octave of odds either way.
/// What the genre never does and what it always does stays so.
OnsetProfile leaned(const OnsetProfile& profile, const Rng& rng);

/// The same of one chance.
double leaned(double chance, const Rng& rng);

/// What a player draws for a bar of a section, counted from its first: as much as the genre loops
/// the same as four bars before.
Rng draws_of_bar(const Rng& section, int bar, double loops);

/// Half as long, but no shorter than a thirty-second unless it was: where short notes are asked
/// for.
Duration shortened(Duration duration);

/// Of how many patterns the rarest is a section's own. Range of `own`: [0, 1].
int tries_for(double own);

/// How a note that leads to the next one is written: what it lasts, and whether it is dotted short.
struct Held {
  Duration written;
  bool staccato = false;
};

/// How a player lets go of notes.
struct Touch {
  double detached = 0;  ///< share of notes let go early

  /// Draws a player's touch between legato and as detached as `most`.
  static Touch draw(double most, const Rng& rng);
  /// A short note let go early is staccato; a long one is written at half its length, then rests.
  Held held(Duration full, Rng& rng) const;
};

}  // namespace toccata
