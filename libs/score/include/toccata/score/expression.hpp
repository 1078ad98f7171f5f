// SPDX-License-Identifier: MIT
// Questions to the written marks: what does the page ask for at this point?
#pragma once

#include <vector>

#include <toccata/score/score.hpp>

namespace toccata {

/// The level in force at a tick; null before the first one. With a staff, marks of other staves are
/// passed over. Cost: O(log markings), with a staff up to O(markings).
const Marking* dynamic_at(const Part& part, Tick at, std::uint8_t staff = 0);
/// The hairpin, or word of growing or fading, that spans a tick: of several the last to begin.
/// Cost: O(markings before the tick), as for the next two.
const Marking* hairpin_at(const Part& part, Tick at, std::uint8_t staff = 0);
/// The "rit." or "accel." that spans a tick, of any part: of several the last to begin.
const Marking* pace_at(const Score& score, Tick at);
bool is_pedal_down(const Part& part, Tick at);

/// For each note of the part, in order: whether it lies under a slur, its first and last notes
/// included. Slurs are followed voice by voice; one that no note ends holds to its part's end.
/// Cost: O(notes).
std::vector<bool> slurred_notes(const Part& part);

}  // namespace toccata
