// SPDX-License-Identifier: MIT
// How a key sounds in a maqam: as the degree that is written on it.
#pragma once

#include <toccata/plan/settings.hpp>

namespace toccata {

/// The detune of the maqam's degree on this key; none between degrees, or in tonal music. Sikah and
/// Huzam stand on a half-flat themselves, so that roots and basses need it too.
inline Cents detune_in_maqam(const Settings& settings, int number) {
  if (settings.maqam == nullptr) return Cents();
  const int tonic = settings.key.tonic.pitch_class().number();
  for (int degree = 0; degree < settings.maqam->size(); ++degree) {
    const TunedPitch tuned =
        tuned_degree(*settings.maqam, Intonation::QuarterTone, degree, tonic + 60);
    if (PitchClass::folded(tuned.number) == PitchClass::folded(number)) return tuned.detune;
  }
  return Cents();
}

}  // namespace toccata
