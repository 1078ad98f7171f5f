// SPDX-License-Identifier: MIT
// How much of each pitch class sounds, over a passage or slice by slice.
#pragma once

#include <array>
#include <span>
#include <vector>

#include <toccata/analysis/bars.hpp>

namespace toccata {

/// A weight of at least 0 for each pitch class, from C on.
using PitchClassWeights = std::array<double, 12>;

/// Each pitch class by how long its notes sound. Units: ticks.
PitchClassWeights pitch_class_weights(std::span<const Note> notes);
/// The same of all pitched parts, as far as they sound within the bars.
PitchClassWeights pitch_class_weights(const Score& score, BarRange bars);

/// What sounds within one slice of time. Units: ticks, summed over notes.
struct Sonority {
  PitchClassWeights sounding{};  ///< how long each pitch class sounds
  PitchClassWeights begun{};     ///< how many notes of each begin here
  PitchClassWeights lowest{};    ///< how long each is the lowest of what sounds

  bool is_silent() const;
};

/// The sonority of each slice over all pitched parts. Range: slices in order, without overlap.
/// Cost: O((notes + slices) log notes), however long the notes are.
std::vector<Sonority> sonorities_of(const Score& score, std::span<const Span> slices);

}  // namespace toccata
