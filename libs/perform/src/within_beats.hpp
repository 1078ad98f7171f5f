// SPDX-License-Identifier: MIT
// How time goes within a beat, which lasts as it does.
#pragma once

#include <span>
#include <vector>

#include <toccata/perform/targets.hpp>

namespace toccata {

/// Where a beat ends, in quarters: where the next one begins, if its bar is cut short.
double end_of_beat(std::span<const ScoreBeat> beats, std::size_t beat);

/// How much later than written each chord of the order begins, when it and its neighbours in the
/// beat take the time to the next that `waits` says (log2 of seconds a quarter, a chord; times
/// `freedom`), in proportion: beats begin and end where they do. The last chord, after which none
/// is awaited, goes on as the one before. Range: freedom [0, 1].
/// Cost: O(n) for n chords.
std::vector<Duration> shifts_within_beats(const PlayingOrder& order,
                                          std::span<const ScoreBeat> beats,
                                          std::span<const double> waits, double freedom);

}  // namespace toccata
