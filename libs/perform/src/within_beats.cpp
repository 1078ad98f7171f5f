// SPDX-License-Identifier: MIT
#include "within_beats.hpp"

#include <algorithm>
#include <cmath>

#include <toccata/base/assert.hpp>
#include <toccata/base/elementary.hpp>

namespace toccata {

double end_of_beat(std::span<const ScoreBeat> beats, std::size_t beat) {
  const double end = beats[beat].onset + beats[beat].duration;
  return beat + 1 < beats.size() ? std::min(end, beats[beat + 1].onset) : end;
}

std::vector<Duration> shifts_within_beats(const PlayingOrder& order,
                                          std::span<const ScoreBeat> beats,
                                          std::span<const double> waits, double freedom) {
  TOCCATA_ASSERT(waits.size() == order.chords().size());
  const auto quarter = [&](std::size_t chord) {
    return order.quarters(order.chords()[chord].onset);
  };
  const std::size_t last_awaited = std::max<std::size_t>(waits.size(), 2) - 2;
  const auto pace = [&](std::size_t chord) {
    return exact_exp2(freedom * waits[std::min(chord, last_awaited)]);
  };
  const double ppq = static_cast<double>(order.score().ppq().ticks());
  std::vector<Duration> shifts(waits.size());
  std::vector<double> played;  // of each chord of a beat: the time from the beat to it
  for (std::size_t i = 0; i < beats.size(); ++i) {
    const std::size_t first = beats[i].chord;
    const std::size_t last = i + 1 < beats.size() ? beats[i + 1].chord : waits.size();
    const double begin = beats[i].onset, end = end_of_beat(beats, i);
    if (quarter(last - 1) >= end) continue;  // the last bar has no end that its beats could tell
    // Up to its first onset a beat passes at the pace of the chord before, which still lasts.
    double at = begin, time = 0, goes = pace(first == 0 ? 0 : first - 1);
    played.clear();
    for (std::size_t chord = first; chord < last; ++chord) {
      time += (quarter(chord) - at) * goes;
      played.push_back(time);
      at = quarter(chord);
      goes = pace(chord);
    }
    time += (end - at) * goes;
    for (std::size_t chord = first; chord < last; ++chord) {
      const double there = begin + played[chord - first] * (end - begin) / time;
      shifts[chord] =
          Duration(static_cast<std::int64_t>(std::floor((there - quarter(chord)) * ppq + 0.5)));
    }
  }
  return shifts;
}

}  // namespace toccata
