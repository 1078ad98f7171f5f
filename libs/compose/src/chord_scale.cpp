// SPDX-License-Identifier: MIT
#include "chord_scale.hpp"

#include <algorithm>

namespace toccata {
namespace {

constexpr int kLetters = 7;

int letter_of(NoteName name, int letters_above) {
  return (static_cast<int>(name.step) + letters_above) % kLetters;
}

/// The seven letters that stand between the chord's tones, from a tonic up.
Key seven_tones(const Key& key, const Chord& chord) {
  static const Scale kMajor = *Scale::find("major"), kMinor = *Scale::find("minor"),
                     kMixolydian = *Scale::find("mixolydian");
  if (key.scale.size() == kLetters) return key;
  const bool is_raised = chord.has_third() && !chord.is_minor() &&
                         !key.contains(chord.root_class() + *chord.semitones_of(3));
  if (chord.is_dominant() || is_raised) return {chord.root, kMixolydian};
  return {key.tonic, key.scale.is_minor() ? kMinor : kMajor};
}

}  // namespace

PitchClassSet chord_scale(const Settings& settings, const Chord& chord) {
  PitchClassSet set;
  const auto put = [&](PitchClass tone) { set.set(static_cast<std::size_t>(tone.number())); };
  if (settings.maqam != nullptr) {
    for (int degree = 0; degree < settings.maqam->size(); ++degree)
      if (!is_lowered_descending(*settings.maqam, degree))
        put(PitchClass::folded(tuned_degree(*settings.maqam, Intonation::QuarterTone, degree,
                                            settings.key.tonic.pitch_class().number() + 60)
                                   .number));
  } else {
    const Key key = seven_tones(settings.key, chord);
    for (std::size_t i = 0; i < kLetters; ++i) {
      const int letter = letter_of(key.tonic, key.scale.letters()[i]);
      const bool is_taken = std::ranges::any_of(chord.tones, [&](ChordTone tone) {
        return letter_of(chord.root, tone.degree - 1) == letter;
      });
      if (!is_taken) put(key.tonic.pitch_class() + key.scale.semitones()[i]);
    }
  }
  return set | tones_of(chord);
}

PitchClassSet tones_of(const Chord& chord) {
  PitchClassSet set;
  const int root = chord.root_class().number();
  for (const ChordTone tone : chord.tones)
    set.set(static_cast<std::size_t>((root + tone.semitones) % 12));
  return set;
}

}  // namespace toccata
