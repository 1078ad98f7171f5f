// SPDX-License-Identifier: MIT
// How the tempo bends with phrases and eases at cadences.
#pragma once

#include <toccata/perform/phrases.hpp>

#include <vector>

#include <toccata/score/performance.hpp>

namespace toccata {

/// The score's tempo bent: a little faster within phrases, slower at the ends of sections, slowest
/// in the last bars. The tempo at tick 0 stays, and the mean (over time, and over the changes)
/// stays within 5 % of it. Range: rubato [0, 1]; 0 gives the score's tempo.
TempoMap bend_tempo(const Score& score, const std::vector<Phrase>& phrases, double rubato);

}  // namespace toccata
