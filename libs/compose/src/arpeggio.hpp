// SPDX-License-Identifier: MIT
// The pattern in which a piece's arpeggio climbs about its chords.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/plan/settings.hpp>

namespace toccata {

struct Arpeggio {
  /// Rungs of a ladder of chord tones, one an even step; none: it rests for a step.
  std::vector<std::optional<int>> rungs;
  int home = 48;           ///< the ladder stands on the first tone of the chord from here up
  bool is_short = false;   ///< its notes are let go at once
  double quick_from = 0;   ///< the energy from which it goes in sixteenths, not eighths
  double spread_from = 0;  ///< and that from which it has two octaves, not one

  static Arpeggio draw(PitchRange range, const Rng& rng);
  /// How long a step lasts: quicker with energy, and where the music is asked to be dense.
  Duration step_at(const Settings& settings, double energy) const;
  /// The keys of a chord that it climbs.
  std::vector<int> ladder(const Chord& chord, double energy, PitchRange range) const;
  /// The key of a rung: above the top of the ladder the same tone as low as there is one.
  /// Range: a ladder that is not empty, rung at least 0.
  static int key_at(int rung, std::span<const int> ladder);
};

}  // namespace toccata
