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

/// Lags behind a chord's mean become those behind its first note, which begins in time: else what
/// comes before a bar's first onset would be held back to it.
void count_from_first(const PlayingOrder& order, std::vector<double>& lags) {
  for (const PlacedChord& chord : order.chords()) {
    const auto of_chord = std::span(lags).subspan(chord.first, chord.size());
    const double first = std::ranges::min(of_chord);
    for (double& lag : of_chord) lag -= first;
  }
}

/// What is expected of the notes, and from there on what one player does.
class Player {
 public:
  Player(const ExpressionModel& model, const PlayingOrder& order, const NoteFeatures& features,
         double variation, const Rng& rng)
      : model_(model),
        variation_(variation),
        rng_(rng),
        foretelling_(model, Inputs::Marks, order, features) {}

  /// A series of the player's own, where the model knows how one value follows another, or at a
  /// variation under 1 the way there; else differences of the usual size and persistence are added,
  /// but to the pedal, which is down or up.
  std::vector<double> played(Target target, std::span<const std::size_t> places) {
    if (variation_ <= 0) return foretelling_.of(target, places);
    const Rng rng = rng_.fork(name_of(target));
    auto own = foretelling_.draw(target, places, rng);
    if (!own.empty() && variation_ >= 1) return own;
    auto values = foretelling_.of(target, places);
    const bool of_pedal = target == Target::PedalDown || target == Target::PedalChange;
    if (own.empty() && !of_pedal) vary(values, model_.spread(target), variation_, rng);
    else if (values.empty()) return own;
    for (std::size_t i = 0; i < own.size(); ++i) values[i] += variation_ * (own[i] - values[i]);
    return values;
  }

 private:
  const ExpressionModel& model_;
  double variation_;
  const Rng& rng_;
  Foretelling foretelling_;
};

}  // namespace

Expectation expect(const ExpressionModel& model, const PlayingOrder& order,
                   std::span<const ScoreBeat> beats, const Performance* written, double variation,
                   const Rng& rng) {
  Expectation out;
  if (order.notes().empty()) return out;
  NoteFeatures inputs = score_features(order);
  inputs.append(mark_features(order, written));
  std::vector<std::size_t> notes(order.notes().size()), chords, of_beats;
  std::iota(notes.begin(), notes.end(), std::size_t{0});
  for (std::size_t chord = 0; chord < order.chords().size(); ++chord)
    chords.push_back(place_of_chord(order, chord));
  for (const ScoreBeat& beat : beats) of_beats.push_back(place_of_chord(order, beat.chord));
  Player player(model, order, inputs, variation, rng);
  out.velocity = player.played(Target::NoteVelocity, notes);
  out.lag = player.played(Target::Lag, notes);
  out.articulation = player.played(Target::Articulation, notes);
  out.slowness = player.played(Target::BeatSlowness, of_beats);
  out.waits = player.played(Target::ChordSlowness, chords);
  out.pedal_down = player.played(Target::PedalDown, chords);
  out.pedal_change = player.played(Target::PedalChange, chords);
  bound(out.velocity, Velocity::kLowest, Velocity::kHighest);
  bound(out.articulation, -4, 2);
  bound(out.slowness, -1.5, 1.5);
  bound(out.waits, -2, 2);
  bound(out.pedal_down, 0, 1);
  bound(out.pedal_change, 0, 1);
  if (!out.lag.empty()) count_from_first(order, out.lag);
  bound(out.lag, 0, 0.19);
  return out;
}

}  // namespace toccata
