// SPDX-License-Identifier: MIT
#include <toccata/perform/targets.hpp>

#include <algorithm>
#include <cmath>

#include "feature_columns.hpp"
#include "played_chords.hpp"

namespace toccata {
namespace {

/// The tempo that articulation is measured against.
constexpr double kTempoReach = 4;

/// Of onsets nearer than that, which comes first is not heard: a chord is spread into the next.
/// Units: seconds. Source: Hirsh 1959, "Auditory perception of temporal order".
constexpr double kOrderHeard = 0.02;

/// log2 of seconds a quarter.
float slowness_of(double seconds, double quarters) {
  return static_cast<float>(seconds < kOrderHeard ? kMissing : log2_or_missing(seconds / quarters));
}

/// Takes the median off, so that what is left says nothing of the tempo as such.
void center(std::vector<float>& values) {
  const double middle = median(std::vector<double>(values.begin(), values.end()));
  for (float& value : values) value = static_cast<float>(value - middle);
}

/// When a marked beat was played; NaN where none is marked.
double marked_time(const std::vector<PlayedBeat>& beats, double quarter) {
  constexpr double kSame = 1.0 / 96;  // quarters: finer than anything that is written
  const auto found = std::ranges::lower_bound(beats, quarter - kSame, {}, &PlayedBeat::quarter);
  return found != beats.end() && found->quarter <= quarter + kSame ? found->seconds : kMissing;
}

}  // namespace

std::vector<ScoreBeat> beats_of(const PlayingOrder& order) {
  std::vector<ScoreBeat> beats;
  const MeterMap& meters = order.score().meter;
  for (std::size_t chord = 0; chord < order.chords().size(); ++chord) {
    const Tick at = order.chords()[chord].onset;
    const BarBeat place = meters.bar_beat_at(at);
    const double onset = order.quarters(at - place.into_beat);
    if (!beats.empty() && onset <= beats.back().onset) continue;
    const Meter meter = meters.meter_of(place.bar);
    const double quarters = 4.0 * meter.pulses_of_beat(place.beat) / meter.unit();
    beats.push_back({onset, quarters, chord});
  }
  return beats;
}

std::vector<float> beat_slowness(const PlayingOrder& order, std::span<const ScoreBeat> beats,
                                 const PlayedTimes& times) {
  const PlayedChords played(order, times);
  std::vector<float> slowness;
  const auto time_at = [&](double quarter) {
    return times.beats.empty() ? played.time_at(quarter) : marked_time(times.beats, quarter);
  };
  for (const ScoreBeat& beat : beats)
    slowness.push_back(
        slowness_of(time_at(beat.onset + beat.duration) - time_at(beat.onset), beat.duration));
  center(slowness);
  return slowness;
}

std::vector<float> chord_slowness(const PlayingOrder& order, const PlayedTimes& times) {
  const PlayedChords played(order, times);
  std::vector<float> slowness;
  for (std::size_t chord = 0; chord < order.chords().size(); ++chord) {
    double quarters = kMissing;
    if (chord + 1 < order.chords().size())
      quarters = order.quarters(order.chords()[chord + 1].onset) -
                 order.quarters(order.chords()[chord].onset);
    slowness.push_back(slowness_of(played.wait(chord, 1), quarters));
  }
  center(slowness);
  return slowness;
}

std::vector<float> note_lags(const PlayingOrder& order, const PlayedTimes& times) {
  const PlayedChords played(order, times);
  std::vector<float> lags;
  for (std::size_t p = 0; p < order.notes().size(); ++p) {
    const std::size_t chord = order.notes()[p].chord;
    const double lag = played.count(chord) > 1 ? times.onset[p] - played.onset(chord) : kMissing;
    lags.push_back(static_cast<float>(lag));
  }
  return lags;
}

std::vector<float> note_articulations(const PlayingOrder& order, const PlayedTimes& times) {
  const PlayedChords played(order, times);
  std::vector<float> articulations;
  for (std::size_t p = 0; p < order.notes().size(); ++p) {
    const double period = played.period(order.notes()[p].chord, kTempoReach);
    articulations.push_back(static_cast<float>(
        log2_or_missing((times.end[p] - times.onset[p]) / (order.duration(p) * period))));
  }
  return articulations;
}

}  // namespace toccata
