// SPDX-License-Identifier: MIT
// Playing by a model that was learned from performances.
#pragma once

#include <memory>
#include <string>

#include <toccata/perform/expression_model.hpp>
#include <toccata/perform/performer.hpp>

namespace toccata {

/// How a model is made use of.
struct PlayingOptions {
  /// [0, 1]: how much of tempo changes is played. At 0 the score's tempo stays, nothing swings, and
  /// onsets leave their written places by chord spread and melody lead alone.
  double tempo_freedom = 1;
  /// [0, 1]: how far this player is from the most likely one. At 0 all seeds give the same.
  double variation = 1;
};

/// A performer of a model: velocities, tempo, onsets, lengths and pedal of keyboards are the
/// model's. Other instruments have no pedal; their loudness follows the model by half and the rules
/// of `curve` by half, and their lengths are those of `curve`. Kits are played by `curve`, and
/// where a piece has a groove to keep (a kit, or a genre that swings), time is the groove's too,
/// and of the model's only the spread of chords.
/// Range: the model has velocity, beat slowness, lag, articulation and pedal from Inputs::Marks;
/// what it lacks is played by `curve`.
std::unique_ptr<Performer> make_learned_performer(std::string name,
                                                  std::shared_ptr<const ExpressionModel> model,
                                                  const PlayingOptions& options);

/// A performance between two of one score, note by note: share 0 gives `from`, 1 `to`. Velocities,
/// shifts and lengths are blended; the tempo map in the logarithm of its tempo; controllers are
/// those of `from` under a half, else those of `to`. Range: share [0, 1].
Performance blend(const Score& score, const Performance& from, const Performance& to, double share);

}  // namespace toccata
