// SPDX-License-Identifier: MIT
// What a model expects of each note of a score, and players who differ from it.
#pragma once

#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/perform/expression_model.hpp>
#include <toccata/perform/targets.hpp>

namespace toccata {

/// One number a note, beat or chord, as targets.hpp defines them, within what a player can do:
/// velocities 1 to 127, lags (behind a chord's first note) to 0.19 s, lengths from a 16th to four
/// times the written one, beats from a third to three times as long, chords' times from a quarter
/// to four times as long, the pedal 0 to 1. Empty where the model has no such learner.
struct Expectation {
  std::vector<double> velocity, lag, articulation;  ///< a note of the order
  std::vector<double> slowness;                     ///< a beat
  std::vector<double> waits;                     ///< a chord: how slow it is in going to the next
  std::vector<double> pedal_down, pedal_change;  ///< likewise
};

/// The model's expectation, and a player's way of it times `variation`: drawn note by note where
/// the model has a network for that, else differences of the size and persistence that players
/// have; of the pedal, none. The same generator gives the same player.
/// Range: variation [0, 1].
Expectation expect(const ExpressionModel& model, const PlayingOrder& order,
                   std::span<const ScoreBeat> beats, const Performance* written, double variation,
                   const Rng& rng);

}  // namespace toccata
