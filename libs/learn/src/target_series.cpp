// SPDX-License-Identifier: MIT
#include <toccata/learn/target_series.hpp>

#include <algorithm>
#include <cmath>

#include <toccata/perform/targets.hpp>

#include "pedal.hpp"

namespace toccata::learn {
namespace {

bool is_lifted(const std::vector<PedalChange>& pedal, double from, double to) {
  auto next = std::ranges::lower_bound(pedal, from, {}, &PedalChange::at);
  for (; next != pedal.end() && next->at <= to; ++next) {
    const bool was_down = next != pedal.begin() && (next - 1)->value >= kPedalDown;
    if (was_down && next->value < kPedalDown) return true;
  }
  return false;
}

std::vector<double> chord_times(const PlayingOrder& order, const PlayedTimes& times) {
  std::vector<double> seconds;
  for (const PlacedChord& chord : order.chords()) {
    double earliest = std::nan("");
    for (std::size_t p = chord.first; p < chord.end; ++p)
      earliest = std::fmin(earliest, times.onset[p]);
    seconds.push_back(earliest);
  }
  return seconds;
}

std::vector<float> pedal_of(const PlayingOrder& order, const AlignedPerformance& performance,
                            Target target) {
  const auto seconds = chord_times(order, performance.times);
  std::vector<float> values(seconds.size(), std::nanf(""));
  for (std::size_t i = 0; i + 1 < seconds.size(); ++i) {
    if (std::isnan(seconds[i]) || std::isnan(seconds[i + 1])) continue;
    values[i] = target == Target::PedalDown
                    ? static_cast<float>(share_down(performance.pedal, seconds[i], seconds[i + 1]))
                    : static_cast<float>(is_lifted(performance.pedal, seconds[i] - kLiftReach,
                                                   seconds[i] + kLiftReach));
  }
  return values;
}

std::vector<std::size_t> all_places(const PlayingOrder& order) {
  std::vector<std::size_t> places(order.notes().size());
  for (std::size_t p = 0; p < places.size(); ++p) places[p] = p;
  return places;
}

std::vector<std::size_t> chord_places(const PlayingOrder& order) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < order.chords().size(); ++i)
    places.push_back(place_of_chord(order, i));
  return places;
}

}  // namespace

TargetSeries target_series(const PlayingOrder& order, const AlignedPerformance& performance,
                           Target target) {
  switch (target) {
    case Target::NoteVelocity: return {performance.velocities, all_places(order)};
    case Target::Lag: return {note_lags(order, performance.times), all_places(order)};
    case Target::Articulation:
      return {note_articulations(order, performance.times), all_places(order)};
    case Target::ChordSlowness:
      return {chord_slowness(order, performance.times), chord_places(order)};
    case Target::PedalDown:
    case Target::PedalChange: return {pedal_of(order, performance, target), chord_places(order)};
    case Target::BeatSlowness: break;
  }
  const auto beats = beats_of(order);
  TargetSeries series{beat_slowness(order, beats, performance.times), {}};
  for (const ScoreBeat& beat : beats) series.places.push_back(place_of_chord(order, beat.chord));
  return series;
}

}  // namespace toccata::learn
