// SPDX-License-Identifier: MIT
#include "degrees.hpp"

#include <array>

namespace toccata::detail {
namespace {

Key parent_of(const Key& key) {
  return {key.tonic, *Scale::find(key.scale.is_minor() ? "minor" : "major")};
}

/// True for the seven rotations of the major scale: between its half steps lie two and three
/// wholes.
bool is_church_mode(Scale scale) {
  if (scale.size() != 7) return false;
  std::array<int, 7> gaps{};
  for (int i = 0; i < 7; ++i)
    gaps[i] = (i == 6 ? 12 : scale.semitones()[i + 1]) - scale.semitones()[i];
  constexpr std::array<int, 7> kMajor{2, 2, 1, 2, 2, 2, 1};
  for (int rotation = 0; rotation < 7; ++rotation) {
    bool same = true;
    for (int i = 0; i < 7; ++i) same = same && gaps[i] == kMajor[(i + rotation) % 7];
    if (same) return true;
  }
  return false;
}

}  // namespace

Key seven_note_key(const Key& key) { return key.scale.size() == 7 ? key : parent_of(key); }

Key numeral_key(const Key& key) { return is_church_mode(key.scale) ? key : parent_of(key); }

}  // namespace toccata::detail
