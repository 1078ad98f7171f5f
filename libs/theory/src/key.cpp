// SPDX-License-Identifier: MIT
#include "letters.hpp"
#include "text.hpp"

#include <toccata/base/trimmed.hpp>
#include <toccata/theory/scale.hpp>

namespace toccata {
namespace {

constexpr std::size_t kLongestKey = 80;

/// Fifths from C to a natural letter, and seven more for each sharp.
int fifths_of(NoteName name) {
  constexpr int kFifths[] = {0, 2, 4, -1, 1, 3, 5};
  return kFifths[static_cast<int>(name.step)] + 7 * name.alteration;
}

std::string known_scales() {
  std::string names;
  for (const Scale scale : Scale::all()) {
    if (!names.empty()) names += ", ";
    names += scale.id();
  }
  return names;
}

/// "m" is minor and "M" major, which names without regard to case cannot tell.
std::optional<Scale> find_scale(std::string_view name) {
  if (name.empty() || name == "M") return Scale::find("major");
  if (name == "m") return Scale::find("minor");
  return Scale::find(name);
}

}  // namespace

bool Key::contains(PitchClass pitch_class) const {
  return scale.contains(semitones_up(tonic.pitch_class(), pitch_class));
}

std::optional<int> Key::degree_of(PitchClass pitch_class) const {
  const int wanted = semitones_up(tonic.pitch_class(), pitch_class);
  for (int degree = 0; degree < scale.size(); ++degree)
    if (scale.semitones()[degree] == wanted) return degree;
  return std::nullopt;
}

PitchClass Key::pitch_class_of(int degree) const {
  return tonic.pitch_class() + scale.semitones()[detail::floor_mod(degree, scale.size())];
}

int Key::number_of(int degree, int tonic_number) const {
  const int above = semitones_up(tonic.pitch_class(), PitchClass::folded(tonic_number));
  return tonic_number - above + 12 * detail::floor_div(degree, scale.size()) +
         scale.semitones()[detail::floor_mod(degree, scale.size())];
}

int Key::fifths() const {
  int fifths = fifths_of(tonic) + scale.fifths_on_c();
  while (fifths > 7) fifths -= 12;
  while (fifths < -7) fifths += 12;
  return fifths;
}

std::string to_string(const Key& key) {
  return to_string(key.tonic) + " " + std::string(key.scale.id());
}

Result<Key, std::string> parse_key(std::string_view text) {
  const std::string_view name = trimmed(text);
  if (name.size() > kLongestKey)
    return Unexpected{detail::quoted(text) + " is too long for a key: at most " +
                      std::to_string(kLongestKey) + " characters, as in D minor"};
  // The longest tonic that leaves a known scale: "Bb", but "B blues" and "bb minor" too.
  for (std::size_t length = std::min<std::size_t>(name.size(), 9); length >= 1; --length) {
    const auto tonic = parse_note_name(name.substr(0, length));
    if (!tonic) continue;
    if (const auto scale = find_scale(trimmed(name.substr(length)))) return Key{*tonic, *scale};
  }
  return Unexpected{detail::quoted(text) +
                    " is not a key: allowed are a note name and nothing (major), m (minor) or one "
                    "of " +
                    known_scales()};
}

}  // namespace toccata
