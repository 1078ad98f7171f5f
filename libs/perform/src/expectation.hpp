// SPDX-License-Identifier: MIT
// What a model expects of each note of a score, and players who differ from it.
#pragma once

#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/perform/expression_model.hpp>
#include <toccata/perform/targets.hpp>

namespace toccata {

/// One number a note, beat or chord, as targets.hpp defines them, within what a player can do:
/// velocities 1 to 127, lags to 0.1 s, lengths from a 16th to four times the written one, beats
/// from half to twice as long, the pedal 0 to 1. Empty where the model has no such learner.
struct Expectation {
  std::vector<double> velocity, lag, articulation;  ///< a note of the order
  std::vector<double> slowness;                     ///< a beat
  std::vector<double> pedal_down, pedal_change;     ///< a chord
};

/// The model's expectation, and a player's way of it: differences of the size and persistence that
/// players have, times `variation`. The same generator gives the same player.
/// Range: variation [0, 1].
Expectation expect(const ExpressionModel& model, const PlayingOrder& order,
                   std::span<const ScoreBeat> beats, const Performance* written, double variation,
                   const Rng& rng);

}  // namespace toccata
