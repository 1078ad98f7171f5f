// SPDX-License-Identifier: MIT
// The forms that a maqam's degrees take: lower on the way down, or those of another jins.
#pragma once

#include <vector>

#include <toccata/plan/plan.hpp>

namespace toccata {

/// Gives the notes of a line, or its ornaments alone, the pitches of the descending scale where
/// they go down and it has others (in Rast a B flat instead of the half-flat B). Outside
/// modulations.
enum class Falling : std::uint8_t { Notes, Ornaments };
void sound_descending(std::vector<Note>& line, Falling which, const Settings& settings,
                      const Plan& plan);

/// Gives the notes of any part that begin in a modulation the degrees of its jins.
void follow_modulations(std::vector<Note>& notes, const Settings& settings, const Plan& plan);

}  // namespace toccata
