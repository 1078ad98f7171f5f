// SPDX-License-Identifier: MIT
// Which tones lines pass through under a chord.
#pragma once

#include <bitset>

#include <toccata/plan/settings.hpp>

namespace toccata {

using PitchClassSet = std::bitset<12>;

/// The chord's own tones, and those of the key on the letters of the staff that it leaves free:
/// what a chord alters takes the place of what the key has there (A flat for A under A flat). A
/// dominant in a blues or a pentatonic is mixolydian, and so is a chord whose third they lack. In a
/// maqam: its degrees but those that sound lower on the way down, and the chord's tones.
PitchClassSet chord_scale(const Settings& settings, const Chord& chord);

/// The chord's own tones, a foreign bass left out.
PitchClassSet tones_of(const Chord& chord);

inline bool has(const PitchClassSet& set, int number) {
  return set.test(static_cast<std::size_t>(PitchClass::folded(number).number()));
}

}  // namespace toccata
