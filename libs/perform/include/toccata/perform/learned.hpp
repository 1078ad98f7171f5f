// SPDX-License-Identifier: MIT
// Playing by a model that was learned from performances.
#pragma once

#include <memory>
#include <string>

#include <toccata/perform/expression_model.hpp>
#include <toccata/perform/performer.hpp>
#include <toccata/perform/playing_order.hpp>

namespace toccata {

/// Who says how loud the music is as a whole.
enum class LevelFrom : std::uint8_t {
  Model,
  Rules  ///< `curve`, section by section: of a model that knows the shape of loudness alone
};

/// How a model is made use of.
struct PlayingOptions {
  /// [0, 1]: how much of tempo changes is played. At 0 the score's tempo stays, nothing swings, and
  /// onsets leave their written places by chord spread and melody lead alone.
  double tempo_freedom = 1;
  /// [0, 1]: how far this player is from the most likely one. At 0 all seeds give the same.
  double variation = 1;
  /// [0, 1]: how much of what players differ by a model plays at variation 1. Their differences are
  /// known by size, less by shape, so that all of it is right in the figures and restless to hear.
  double spread = 1;
  /// Where a groove is kept it is the rules anyway, which balance its parts.
  LevelFrom level = LevelFrom::Model;
};

/// A performer that knows no options, as free and as varied as asked for: between its performance
/// with the seed 0 and the one with `rng`, by variation; then held by tempo_freedom.
Performance perform_with(const Performer& performer, const PerformTask& task,
                         const PlayingOptions& options, const Rng& rng);

/// A performer of a model: velocities, tempo, time within beats, onsets, lengths and pedal of
/// pianos are the model's. Other instruments have no pedal; their loudness follows the model by
/// half and the rules of `curve` by half, their lengths are those of `curve`, and they keep to what
/// their family does (playing_family.hpp). Kits are played by `curve` (play_kits has a drummer for
/// them), and where a piece has a groove to keep (a kit, or a genre that swings), time is the
/// groove's too, and of the model's only the spread of chords.
/// Range: the model has targets from Inputs::Marks; what it lacks is played by `curve`, and as
/// written within beats.
std::unique_ptr<Performer> make_learned_performer(std::string name,
                                                  std::shared_ptr<const ExpressionModel> model,
                                                  const PlayingOptions& options);

/// Brings tempo and onsets back towards the written ones: freedom 0 leaves the score's tempo and
/// every onset on its place, 1 all as it was. Parts of one voice stay so. Range: freedom [0, 1].
void hold_tempo(const Score& score, double freedom, Performance& performance);

/// Ends each note at the latest where its key is struck again in its part.
/// Range: the order of the performance's score. Cost: O(n log n).
void let_go_in_time(const PlayingOrder& order, Performance& performance);

/// A tempo between two, in the logarithm: share 0 gives `from`, 1 `to`. Range: share [0, 1].
TempoMap blend(const TempoMap& from, const TempoMap& to, double share);

/// A performance between two of one score, note by note: share 0 gives `from`, 1 `to`. Velocities,
/// shifts, lengths and tempo are blended. Controllers are those of `from`, but for the sustaining
/// pedal: from a half on, parts for which `to` has one take it over. Range: share [0, 1].
Performance blend(const Score& score, const Performance& from, const Performance& to, double share);

}  // namespace toccata
