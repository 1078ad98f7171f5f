// SPDX-License-Identifier: MIT
// How notes of a key are written.
#include "letters.hpp"

#include <cstdlib>

#include <toccata/theory/scale.hpp>

namespace toccata {
namespace {

/// Letters above the tonic for tones outside the scale: flat seconds, thirds, sixths and sevenths,
/// sharp fourths, and the leading tone as a raised seventh.
constexpr int kChromaticLetters[12] = {0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6};

}  // namespace

SpelledPitch spell(Pitch pitch, const Key& key) {
  const PitchClass pitch_class = pitch.pitch_class();
  const auto degree = key.degree_of(pitch_class);
  const int above = semitones_up(key.tonic.pitch_class(), pitch_class);
  const int letters = degree ? key.scale.letters()[*degree] : kChromaticLetters[above];
  NoteName name = detail::written_as(pitch_class, detail::letter_above(key.tonic.step, letters));
  const bool is_leading = above == 11;  // F## in G# minor: as much the key's as its degrees
  const int most_signs = degree || is_leading ? 2 : 1;
  if (std::abs(name.alteration) > most_signs)
    name = detail::simplest_name(pitch_class, key.fifths() < 0);
  return detail::placed(name, pitch.number());
}

Pitch nearest_in_key(Pitch pitch, const Key& key) {
  for (int distance = 0; distance < 12; ++distance)
    for (const int number : {pitch.number() - distance, pitch.number() + distance}) {
      const auto near = Pitch::from_number(number);
      if (near && key.contains(near->pitch_class())) return *near;
    }
  return pitch;
}

}  // namespace toccata
