// SPDX-License-Identifier: MIT
// What was learned from drummers: how loud and how late each stroke of a pattern is.
#pragma once

#include <array>
#include <memory>
#include <string_view>
#include <vector>

#include <toccata/perform/drum_pattern.hpp>
#include <toccata/perform/expression_model.hpp>
#include <toccata/perform/learned.hpp>

namespace toccata {

enum class DrumTarget : std::uint8_t {
  HitVelocity,
  Lateness  ///< behind the (swung) grid, less the mean of the take. Units: milliseconds
};
inline constexpr std::size_t kDrumTargets = 2;
std::string_view name_of(DrumTarget target);  ///< "drums_velocity", "drums_timing"

/// The mean of each drum at each place of the bar: what a model has to beat.
class DrumMeans {
 public:
  /// Places of a bar that are told apart; what lies behind in longer bars counts from the start.
  static constexpr std::size_t kBarPlaces = 6 * DrumPattern::kPlaces;

  DrumMeans() : means_(kDrums * kBarPlaces) {}
  /// Range: finite numbers, kDrums times kBarPlaces.
  explicit DrumMeans(std::vector<double> means) : means_(std::move(means)) {}
  static std::size_t index(const PatternHit& hit);
  double of(const PatternHit& hit) const { return means_[index(hit)]; }
  const std::vector<double>& values() const { return means_; }
  friend bool operator==(const DrumMeans&, const DrumMeans&) = default;

 private:
  std::vector<double> means_;
};

/// Learners of one training run.
class DrumModel {
 public:
  struct Learner {
    ml::Trees trees;  ///< over drum_features
    DrumMeans means;
    std::array<Spread, kDrums> spreads{};  ///< how drummers differ from it, drum by drum
  };

  DrumModel(Learner velocity, Learner lateness)
      : learners_{std::move(velocity), std::move(lateness)} {}

  /// Reads what save() wrote. Errors: another format, other columns than this version computes,
  /// tensors that are missing or wrong.
  static Result<DrumModel, ModelError> load(const ml::Weights& weights);
  void save(ml::Weights& weights) const;

  const Learner& of(DrumTarget target) const { return learners_[static_cast<std::size_t>(target)]; }

 private:
  std::array<Learner, kDrumTargets> learners_;
};
/// Names of the columns of drum_features.
const std::vector<std::string>& drum_columns();

/// Whether a score has a kit that a learned drummer can play: a part on the drum channel with an
/// acoustic kit's program, in a genre that has a style of Groove, or in a user's file (settings
/// null: jazz on a jazz kit, else rock), with strokes of drums that the model knows.
bool has_kit_to_play(const Score& score, const Settings* settings);

/// Plays the kits of a performance anew. Strokes of no drum of the model (claps, congas) stay.
///
/// Loudness: the model's, moved to the mean that the performance gave the kit and scaled by its
/// sections; ghost notes and accents keep at most, or at least, what they had. Time: the genre's
/// swing, and the model's lateness on top of it. Each stroke stays in its bar and in order.
/// Range: `options` as make_learned_performer takes them; `performance` of this score.
void play_kits(const DrumModel& model, const PerformTask& task, const PlayingOptions& options,
               const Rng& rng, Performance& performance);

}  // namespace toccata
