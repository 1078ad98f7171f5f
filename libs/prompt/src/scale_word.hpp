// SPDX-License-Identifier: MIT
// Whether "major" and "minor" by themselves are a scale: they are ordinary adjectives as well.
#pragma once

#include "reading.hpp"

namespace toccata::prompt {

/// True where the scale or maqam at item i belongs to music ("a minor waltz", "en mineur", "mode
/// mineur") or stands by itself ("sad, minor, 90 bpm"); not in "a major hurry", "Ursa Minor". Names
/// of other scales always are one. Cost: O(1); some ten items are looked at.
bool means_a_scale(const Reading& reading, int i);

/// The first item in one direction (step 1 or -1) that is no adjective: "waltz" in "minor and very
/// slow waltz". Cost: O(1).
int past_adjectives(const Reading& reading, int i, int step);

}  // namespace toccata::prompt
