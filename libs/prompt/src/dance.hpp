// SPDX-License-Identifier: MIT
// Dances and the meters they are danced in: "minuet", "gigue", "a march".
#pragma once

#include "reading.hpp"

namespace toccata::prompt {

/// The meter of the dance that item i names, where it names one. Sources: Little and Jenne 2001,
/// Dance and the Music of J. S. Bach, for those of the suite; Grove Music Online for the others.
std::optional<Meter> meter_of_dance(const Reading& reading, int i);

/// "Ça marche", "film reel", "une chanson polonaise": a dance's name that is another word.
bool is_no_dance(const Reading& reading, int i);

}  // namespace toccata::prompt
