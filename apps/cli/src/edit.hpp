// SPDX-License-Identifier: MIT
// What fill and continue share: a user's music in, the same music with new notes out.
#pragma once

#include "inputs.hpp"
#include "outputs.hpp"

namespace toccata::cli {

/// The edited music, ready to be written: new notes are played like those around them, everything
/// else stays event by event.
Outcome<Piece> edited(const Music& music, Score score, std::uint64_t seed);

/// The seed asked for, or one drawn anew.
Outcome<std::uint64_t> seed_of(const Arguments& arguments);

/// A new one, short enough to be typed again.
std::uint64_t drawn_seed();

/// "32 bars".
std::string bars_text(int bars);

}  // namespace toccata::cli
