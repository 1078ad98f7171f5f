// SPDX-License-Identifier: MIT
#include "expectation.hpp"

#include <algorithm>
#include <cmath>

namespace toccata {
namespace {

using Learner = ExpressionModel::Learner;

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

/// What lies outside of what a player can do is brought in; what is no number becomes the middle.
void bound(std::vector<double>& values, double lowest, double highest) {
  for (double& value : values)
    value = std::isfinite(value) ? std::clamp(value, lowest, highest) : (lowest + highest) / 2;
}

}  // namespace

Expectation expect(const ExpressionModel& model, const PlayingOrder& order,
                   std::span<const ScoreBeat> beats, const Performance* written, double variation,
                   const Rng& rng) {
  Expectation out;
  if (order.notes().empty()) return out;
  NoteFeatures inputs = score_features(order);
  inputs.append(mark_features(order, written));
  const auto predict = [&](Target target) -> std::vector<double> {
    const ml::Trees* trees = model.find(Learner::Model, target, Inputs::Marks);
    return trees == nullptr ? std::vector<double>{} : trees->predict(inputs.view(), 1);
  };
  const auto differ = [&](Target target, std::vector<double>& values) {
    vary(values, model.spread(target), variation, rng.fork(name_of(target)));
  };
  out.velocity = predict(Target::NoteVelocity);
  out.lag = predict(Target::Lag);
  out.articulation = predict(Target::Articulation);
  if (const auto slowness = predict(Target::BeatSlowness); !slowness.empty())
    for (const ScoreBeat& beat : beats)
      out.slowness.push_back(slowness[place_of_chord(order, beat.chord)]);
  const auto of_chords = [&](const std::vector<double>& by_place) {
    std::vector<double> values;
    for (std::size_t chord = 0; !by_place.empty() && chord < order.chords().size(); ++chord)
      values.push_back(by_place[place_of_chord(order, chord)]);
    return values;
  };
  out.pedal_down = of_chords(predict(Target::PedalDown));
  out.pedal_change = of_chords(predict(Target::PedalChange));
  differ(Target::NoteVelocity, out.velocity);
  differ(Target::Lag, out.lag);
  differ(Target::Articulation, out.articulation);
  differ(Target::BeatSlowness, out.slowness);
  bound(out.velocity, Velocity::kLowest, Velocity::kHighest);
  bound(out.lag, -0.1, 0.1);
  bound(out.articulation, -4, 2);
  bound(out.slowness, -1, 1);
  bound(out.pedal_down, 0, 1);
  bound(out.pedal_change, 0, 1);
  return out;
}

}  // namespace toccata
