// SPDX-License-Identifier: MIT
// The sustaining pedal of keyboards, as a model has it.
#pragma once

#include <vector>

#include <toccata/score/performance.hpp>

#include "expectation.hpp"

namespace toccata {

inline constexpr auto kSustain = Controller::literal(64);

/// Adds the pedal of a keyboard part: down where it is held for at least half of a chord's time,
/// and lifted and pressed anew where it changes. Chords begin `later` than written; `tempo` is the
/// performance's. Range: the expectation has pedal_down. Cost: O(n) for n chords.
void add_pedal(const PlayingOrder& order, const Part& part, const Expectation& expected,
               const std::vector<Duration>& later, const TempoMap& tempo,
               std::vector<ControlEvent>& controls);

}  // namespace toccata
