// SPDX-License-Identifier: MIT
// How a key sounds in a maqam: as the degree that is written on it.
#pragma once

#include <optional>

#include <toccata/plan/settings.hpp>

namespace toccata {

/// The degree of the maqam that is written on this key; none between degrees, or in tonal music.
inline std::optional<TunedPitch> degree_on_key(const Settings& settings, int number) {
  if (settings.maqam == nullptr) return std::nullopt;
  const int tonic = settings.key.tonic.pitch_class().number();
  for (int degree = 0; degree < settings.maqam->size(); ++degree) {
    const TunedPitch tuned =
        tuned_degree(*settings.maqam, Intonation::QuarterTone, degree, tonic + 60);
    if (PitchClass::folded(tuned.number) == PitchClass::folded(number)) return tuned;
  }
  return std::nullopt;
}

/// The detune of the maqam's degree on this key. Sikah and Huzam stand on a half-flat themselves,
/// so that roots and basses need it too.
inline Cents detune_in_maqam(const Settings& settings, int number) {
  const auto degree = degree_on_key(settings, number);
  return degree ? degree->detune : Cents();
}

/// Whether a key belongs to the piece's scale or maqam.
inline bool is_in_key(const Settings& settings, int number) {
  return settings.maqam != nullptr ? degree_on_key(settings, number).has_value()
                                   : settings.key.contains(PitchClass::folded(number));
}

}  // namespace toccata
