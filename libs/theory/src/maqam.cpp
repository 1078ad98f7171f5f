// SPDX-License-Identifier: MIT
#include "letters.hpp"
#include "maqam_table.hpp"
#include "text.hpp"

#include <algorithm>

#include <toccata/theory/maqam.hpp>

namespace toccata {
namespace {

constexpr std::size_t kLongestName = 64;

/// A degree of any octave as one within the first, and the octaves between.
struct Folded {
  std::size_t index;
  int octaves;
};
Folded fold(const Maqam& maqam, int degree) {
  return {static_cast<std::size_t>(detail::floor_mod(degree, maqam.size())),
          detail::floor_div(degree, maqam.size())};
}

/// Quarter tones above the key by which the tonic is named.
int quarter_tones_of(const Maqam& maqam, int degree, Direction direction) {
  const auto [index, octaves] = fold(maqam, degree);
  const auto& scale =
      direction == Direction::Ascending ? maqam.quarter_tones : maqam.descending_quarter_tones;
  return 24 * octaves + scale[index] + maqam.tonic_quarter_tones;
}

double documented_cents_of(const Maqam& maqam, int degree, Direction direction) {
  const auto [index, octaves] = fold(maqam, degree);
  const auto& scale = direction == Direction::Ascending ? maqam.documented_cents
                                                        : maqam.descending_documented_cents;
  return 1200.0 * octaves + scale[index] + maqam.tonic_documented_cents;
}

/// Semitones to the key of a degree: of two equally near the upper one.
int semitones_to_key(int quarter_tones) { return detail::floor_div(quarter_tones + 1, 2); }

}  // namespace

const Jins* Jins::find(std::string_view id) {
  for (const auto& jins : all())
    if (jins.id == id) return &jins;
  return nullptr;
}

std::span<const Jins> Jins::all() { return detail::maqam_table().ajnas; }

const Maqam* Maqam::find(std::string_view name) {
  if (name.size() > kLongestName) return nullptr;
  std::string wanted = detail::folded_name(name);
  if (wanted.starts_with("maqam")) wanted.erase(0, 5);
  const auto& table = detail::maqam_table();
  for (std::size_t i = 0; i < table.maqamat.size(); ++i) {
    const auto& names = table.folded_names[i];
    if (std::find(names.begin(), names.end(), wanted) != names.end()) return &table.maqamat[i];
  }
  return nullptr;
}

Maqam with_jins(const Maqam& maqam, const JinsPlace& place) {
  Maqam changed = maqam;
  const Jins* jins = Jins::find(place.jins);
  if (jins == nullptr) return changed;
  const auto put = [&](auto& scale, const auto& of_jins) {
    const auto from = static_cast<std::size_t>(place.degree);
    for (std::size_t i = 0; i < of_jins.size() && from + i < scale.size(); ++i)
      scale[from + i] = scale[from] + of_jins[i];
  };
  put(changed.quarter_tones, jins->quarter_tones);
  put(changed.descending_quarter_tones, jins->quarter_tones);
  put(changed.documented_cents, jins->documented_cents);
  put(changed.descending_documented_cents, jins->documented_cents);
  return changed;
}

std::span<const Maqam> Maqam::all() { return detail::maqam_table().maqamat; }

TunedPitch tuned_degree(const Maqam& maqam, Intonation intonation, int degree, int tonic_number,
                        Direction direction) {
  const int quarter_tones = quarter_tones_of(maqam, degree, direction);
  const int semitones = semitones_to_key(quarter_tones);
  const double cents = intonation == Intonation::QuarterTone
                           ? 50.0 * quarter_tones
                           : documented_cents_of(maqam, degree, direction);
  return {tonic_number + semitones, Cents(cents - 100.0 * semitones)};
}

SpelledPitch spelled_degree(const Maqam& maqam, int degree, SpelledPitch tonic,
                            Direction direction) {
  const int semitones = semitones_to_key(quarter_tones_of(maqam, degree, direction));
  const int number = tonic.sounding_number() + semitones;
  const Step letter =
      detail::letter_above(tonic.name.step, maqam.letters[fold(maqam, degree).index]);
  const NoteName name = detail::written_as(PitchClass::folded(number), letter);
  return detail::placed(detail::readable(name), number);
}

bool is_neutral(const Maqam& maqam, int degree, Direction direction) {
  return detail::floor_mod(quarter_tones_of(maqam, degree, direction), 2) != 0;
}

bool is_lowered_descending(const Maqam& maqam, int degree) {
  return quarter_tones_of(maqam, degree, Direction::Ascending) !=
         quarter_tones_of(maqam, degree, Direction::Descending);
}

}  // namespace toccata
