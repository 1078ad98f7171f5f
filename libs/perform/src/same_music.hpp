// SPDX-License-Identifier: MIT
// Which notes, chords or beats of a score begin the same music.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <toccata/perform/expression_model.hpp>

namespace toccata {

/// What is the same in music, from the most to the least; of beats as of chords.
const std::vector<const char*>& kinds_of_sameness(Elements elements);

/// For each of kinds_of_sameness() and each of the elements at some places of the order, rising,
/// the number of its group: those that begin the same music. Numbers are given as groups appear.
///
/// Of chords and beats: the same "notes" (three chords from its own on and the waits after them),
/// "shape" (three steps of the top and their waits), "rhythm" (four waits, from the same place of
/// the bar), "place" (of the bar). Of notes: the same pitch and length in
/// the same "notes"; the "shape" and "rhythm" of its line (steps, times and lengths); the line and
/// length at the same "place" of the bar; the line and "length" anywhere.
/// Cost: O(n) for n elements, and a search from bar to bar where meters change.
std::vector<std::vector<std::uint32_t>> same_music(const PlayingOrder& order, Elements elements,
                                                   std::span<const std::size_t> places);

}  // namespace toccata
