// SPDX-License-Identifier: MIT
// What a walking bass plays over a chord: a figure of its player's own, moved to every chord.
#pragma once

#include <vector>

#include "rhythm.hpp"

namespace toccata {

/// Tones of a bar, one a beat, as steps of the chord's scale above its root: 0 the root, 4 the
/// fifth, -1 the seventh below, 7 the octave.
using WalkPath = std::vector<int>;

/// Whether a step is the second or the fourth, which go on by step.
bool passes(int step);

/// What a stroke plays: the tone of its beat, or between beats the tone before again, its octave,
/// the root, or a semitone short of the tone that comes next.
enum class WalkTurn : std::uint8_t { Walks, Again, Octave, Root, Leads };

struct WalkStroke {
  Duration at;  ///< from the bar line
  WalkTurn turn;
};

struct WalkBar {
  WalkPath path;
  std::vector<WalkStroke> strokes;
};

/// A path of so many beats from a tone of the chord towards the first one of the next bar: tones
/// of the chord on every second beat, steps and skips between them.
WalkPath draw_walk_path(int beats, int first, int goal, Rng& rng);

/// The bar's path without tones in passing that are held where they should go on.
WalkPath settled_path(const BarGrid& grid, const WalkBar& bar);

/// Strokes of a bar in the player's rhythm; the bar line is struck.
std::vector<WalkStroke> draw_walk_strokes(const BarGrid& grid, const RhythmManner& manner,
                                          int tries, Rng& rng);

/// Two bars, out from the root and back to it.
std::array<WalkBar, 2> draw_walk_figure(const BarGrid& grid, const RhythmManner& manner, int tries,
                                        Rng rng);

}  // namespace toccata
