// SPDX-License-Identifier: MIT
// What a learned performer predicts, as it is measured in performances.
#pragma once

#include <vector>

#include <toccata/perform/features.hpp>

namespace toccata {

/// The felt beats of a score that hold at least one onset.
struct ScoreBeat {
  double onset;       ///< in quarters from the start
  double duration;    ///< in quarters
  std::size_t chord;  ///< the first that begins within it
};
std::vector<ScoreBeat> beats_of(const PlayingOrder& order);

/// How each beat of a performance lasts: log2 of its seconds a quarter, less the median of the
/// performance. A beat is where it was marked; of a performance without marks, where notes on it
/// are played. NaN where that is not known of a beat or of the one after, and of one under 20 ms.
std::vector<float> beat_slowness(const PlayingOrder& order, std::span<const ScoreBeat> beats,
                                 const PlayedTimes& times);
/// The same from each chord to the next one. NaN where that comes less than 20 ms later, which says
/// nothing of a tempo, or before it.
std::vector<float> chord_slowness(const PlayingOrder& order, const PlayedTimes& times);
/// How much later than the mean of its chord each note begins; NaN where it is alone in that.
/// Units: seconds.
std::vector<float> note_lags(const PlayingOrder& order, const PlayedTimes& times);
/// How long each note is held: log2 of its seconds over what its written length lasts at the tempo
/// around it (four quarters either way).
std::vector<float> note_articulations(const PlayingOrder& order, const PlayedTimes& times);

/// A lift of the pedal is a change at each chord that begins so near to it. Units: seconds.
inline constexpr double kLiftReach = 0.25;

/// Whether no other note begins with the one at a place: it has no lag.
inline bool is_alone(const PlayingOrder& order, std::size_t place) {
  return order.chords()[order.notes()[place].chord].size() == 1;
}

/// The place that stands for a chord: its highest note.
inline std::size_t place_of_chord(const PlayingOrder& order, std::size_t chord) {
  return order.chords()[chord].end - 1;
}

}  // namespace toccata
