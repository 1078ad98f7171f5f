// SPDX-License-Identifier: MIT
// Valid scores and performances drawn from a seed, with all that a Score can hold, for properties.
#pragma once

#include <toccata/base/rng.hpp>
#include <toccata/score/performance.hpp>

namespace toccata::property {

struct RandomScoreOptions {
  int most_parts = 5;
  int most_notes = 40;  ///< of a part
  int most_bars = 12;
  double microtones = 0.2;     ///< share of notes with detune or glide
  bool carried_events = true;  ///< events of a file, places in it and provenance
};

/// A valid score: odd and additive meters, cut bars, pick-ups, any ppq, empty parts, kits, chords
/// and keys, spelled and marked notes.
Score random_score(Rng& rng, const RandomScoreOptions& options = {});
/// How some of its notes are played, with controls and a tempo curve of its own.
Performance random_performance(const Score& score, Rng& rng);

}  // namespace toccata::property
