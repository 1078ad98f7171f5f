// SPDX-License-Identifier: MIT
// When each note of a part is played: swing, the groove's lateness, chords spread, small
// unsteadiness.
#pragma once

#include "feel.hpp"

#include <vector>

namespace toccata {

/// Played onsets of a part's notes, in their order. Each lies in the bar where it is written, never
/// before 0, and no note comes before one that is written earlier.
std::vector<Tick> shape_onsets(const PerformTask& task, const Part& part, const Feel& feel,
                               Rng rng);

/// The genre's swing; straight where none is known.
Swing swing_of(const PerformTask& task);

}  // namespace toccata
