// SPDX-License-Identifier: MIT
// How players of a genre treat time and touch.
#pragma once

#include <toccata/perform/performer.hpp>

namespace toccata {

/// The feel of the genre asked for, or where none is known one that fits who plays; a kit keeps the
/// tempo.
Feel feel_of(const PerformTask& task);

/// Real time as ticks at a point.
double ticks_of_ms(double ms, const TempoMap& tempo, Tick at);

}  // namespace toccata
