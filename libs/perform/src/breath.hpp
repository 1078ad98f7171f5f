// SPDX-License-Identifier: MIT
// Where players of winds, and singers, take breath.
#pragma once

#include <toccata/perform/phrases.hpp>

#include <vector>

#include <toccata/perform/performer.hpp>

namespace toccata {

/// How long a breath takes from the end of the note before it. Units: milliseconds.
inline constexpr double kBreathTakes_ms = 170;

/// For each note of a part whether breath is taken after it: at ends of phrases, written breaths
/// and rests; and where that leaves more than a breath lasts, after the longest note on the way.
/// Nothing of parts that do not breathe.
std::vector<bool> find_breaths(const PerformTask& task, const Part& part,
                               const std::vector<Phrase>& phrases);

}  // namespace toccata
