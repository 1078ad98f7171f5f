// SPDX-License-Identifier: MIT
// Controllers: where each part stands in the mix, the sustain pedal, pads that duck under the kick.
#pragma once

#include "feel.hpp"

#include <vector>

namespace toccata {

/// Volume, pan and reverb of each seat at the first tick; nothing where no seats are known.
std::vector<ControlEvent> mix_controls(const PerformTask& task);

/// Points where the harmony changes: chord marks and bar lines, sorted.
std::vector<Tick> harmony_changes(const Score& score);

/// The same, where a score has no chord marks by the chords that its notes make.
std::vector<Tick> heard_harmony_changes(const Score& score);

/// The pedal of instruments with one, where they break chords: down after each change of harmony,
/// up at the next.
std::vector<ControlEvent> pedal(const PerformTask& task, const Part& part,
                                const std::vector<Tick>& harmony_changes);

/// Expression of a pad: down at each kick, back within half a quarter.
std::vector<ControlEvent> duck(const PerformTask& task, const Part& pad);

}  // namespace toccata
