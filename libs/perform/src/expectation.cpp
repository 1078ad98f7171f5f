// SPDX-License-Identifier: MIT
#include "expectation.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <toccata/perform/foretelling.hpp>

namespace toccata {
namespace {

/// Adds a player's differences: each is like the one before it as far as players' are (an
/// autoregressive process of the first order).
void vary(std::vector<double>& values, Spread spread, double variation, Rng rng) {
  const double kept = spread.persistence;
  const double fresh = spread.deviation * std::sqrt(1 - kept * kept);
  double difference = spread.deviation * rng.normal();
  for (double& value : values) {
    value += variation * difference;
    difference = kept * difference + fresh * rng.normal();
  }
}

/// What lies outside of what a player can do is brought in.
void bound(std::vector<double>& values, double lowest, double highest) {
  for (double& value : values) value = bounded(value, lowest, highest);
}

/// Goes from what is expected to what a player does.
class Player {
 public:
  Player(const ExpressionModel& model, const PlayingOrder& order, const NoteFeatures& features,
         double variation, const Rng& rng)
      : model_(model), order_(order), features_(features), variation_(variation), rng_(rng) {}

  /// Moves values towards a series of the player's own, where the model knows how one value follows
  /// another; else adds differences of the usual size and persistence.
  void play(Target target, std::span<const std::size_t> places, std::vector<double>& values) const {
    if (values.empty() || variation_ <= 0) return;
    const Rng rng = rng_.fork(name_of(target));
    const auto own = play_series(model_, {order_, features_, target, places}, rng);
    if (own.empty()) return vary(values, model_.spread(target), variation_, rng);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] += variation_ * (own[i] - values[i]);
  }

 private:
  const ExpressionModel& model_;
  const PlayingOrder& order_;
  const NoteFeatures& features_;
  double variation_;
  const Rng& rng_;
};

}  // namespace

Expectation expect(const ExpressionModel& model, const PlayingOrder& order,
                   std::span<const ScoreBeat> beats, const Performance* written, double variation,
                   const Rng& rng) {
  Expectation out;
  if (order.notes().empty()) return out;
  NoteFeatures inputs = score_features(order);
  inputs.append(mark_features(order, written));
  const Foretelling foretelling(model, Inputs::Marks, inputs);
  std::vector<std::size_t> notes(order.notes().size()), chords, of_beats;
  std::iota(notes.begin(), notes.end(), std::size_t{0});
  for (std::size_t chord = 0; chord < order.chords().size(); ++chord)
    chords.push_back(place_of_chord(order, chord));
  for (const ScoreBeat& beat : beats) of_beats.push_back(place_of_chord(order, beat.chord));
  const auto at = [&](Target target, std::span<const std::size_t> places) {
    const auto by_place = foretelling.of(target);
    std::vector<double> values;
    for (std::size_t i = 0; !by_place.empty() && i < places.size(); ++i)
      values.push_back(by_place[places[i]]);
    return values;
  };
  out.velocity = at(Target::NoteVelocity, notes);
  out.lag = at(Target::Lag, notes);
  out.articulation = at(Target::Articulation, notes);
  out.slowness = at(Target::BeatSlowness, of_beats);
  out.pedal_down = at(Target::PedalDown, chords);
  out.pedal_change = at(Target::PedalChange, chords);
  const Player player(model, order, inputs, variation, rng);
  player.play(Target::NoteVelocity, notes, out.velocity);
  player.play(Target::Lag, notes, out.lag);
  player.play(Target::Articulation, notes, out.articulation);
  player.play(Target::BeatSlowness, of_beats, out.slowness);
  bound(out.velocity, Velocity::kLowest, Velocity::kHighest);
  bound(out.lag, -0.1, 0.1);
  bound(out.articulation, -4, 2);
  bound(out.slowness, -1, 1);
  bound(out.pedal_down, 0, 1);
  bound(out.pedal_change, 0, 1);
  return out;
}

}  // namespace toccata
