// SPDX-License-Identifier: MIT
// How players of a genre treat time and touch.
#pragma once

#include <toccata/perform/performer.hpp>

namespace toccata {

/// Units: milliseconds, and shares of the full effect in [0, 1].
struct Feel {
  std::string_view genre;
  double rubato = 0;            ///< how freely the tempo bends where no kit keeps it
  double unsteady_ms = 4;       ///< deviation of single onsets
  double laid_back_ms = 0;      ///< how far the melody lies behind the beat
  double late_backbeat_ms = 0;  ///< the same of the snare on 2 and 4
  double spread_ms = 5;         ///< between the notes of a chord, low to high
  bool pedals = false;          ///< pianists hold broken chords with the pedal
  bool ducks = false;           ///< pads make room for the kick
};

/// The feel of the heaviest genre asked for, or a moderate one where none is known.
Feel feel_of(const PerformTask& task);

/// Real time as ticks at a point.
double ticks_of_ms(double ms, const TempoMap& tempo, Tick at);

}  // namespace toccata
