// SPDX-License-Identifier: MIT
#include "within_beats.hpp"

#include <cmath>

#include <toccata/base/assert.hpp>
#include <toccata/base/elementary.hpp>

namespace toccata {

std::vector<Duration> shifts_within_beats(const PlayingOrder& order,
                                          std::span<const ScoreBeat> beats,
                                          std::span<const double> waits) {
  TOCCATA_ASSERT(waits.size() == order.chords().size());
  const auto quarter = [&](std::size_t chord) {
    return order.quarters(order.chords()[chord].onset);
  };
  const double ppq = static_cast<double>(order.score().ppq().ticks());
  std::vector<Duration> shifts(waits.size());
  std::vector<double> played;  // of each chord of a beat: the time from the beat to it
  for (std::size_t i = 0; i < beats.size(); ++i) {
    const ScoreBeat& beat = beats[i];
    const std::size_t first = beat.chord;
    const std::size_t last = i + 1 < beats.size() ? beats[i + 1].chord : waits.size();
    // A beat may begin within the chord before.
    double pace = exact_exp2(waits[first == 0 ? 0 : first - 1]), at = beat.onset, time = 0;
    played.clear();
    for (std::size_t chord = first; chord < last; ++chord) {
      time += (quarter(chord) - at) * pace;
      played.push_back(time);
      at = quarter(chord);
      pace = exact_exp2(waits[chord]);
    }
    time += (beat.onset + beat.duration - at) * pace;
    for (std::size_t chord = first; chord < last; ++chord) {
      const double there = beat.onset + played[chord - first] * beat.duration / time;
      shifts[chord] =
          Duration(static_cast<std::int64_t>(std::floor((there - quarter(chord)) * ppq + 0.5)));
    }
  }
  return shifts;
}

}  // namespace toccata
