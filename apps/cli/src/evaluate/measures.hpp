// SPDX-License-Identifier: MIT
// Single figures of a file that follow its soft controls.
#pragma once

#include "piece.hpp"

namespace toccata::cli {

double notes_a_bar(const Heard& heard);
double notes_a_second(const Heard& heard);
double mean_velocity(const Heard& heard);
/// Of pitched notes. Units: quarters.
double mean_length(const Heard& heard);
/// Quarters per minute at tick 0.
double first_tempo(const Heard& heard);
/// Where the notes lie on the line of fifths above the tonic of the key signature, weighted by how
/// long they sound: major is higher than minor. A quarter-tone lies between its neighbours.
double brightness(const Heard& heard);

}  // namespace toccata::cli
