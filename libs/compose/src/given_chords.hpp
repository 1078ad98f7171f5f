// SPDX-License-Identifier: MIT
// Of chords that the user gave, each is heard as it was given, whatever a groove leaves out.
#pragma once

#include <span>
#include <vector>

#include <toccata/plan/plan.hpp>

namespace toccata {

/// A bass, in order of onset, sounds each chord's bass at least once while the chord lasts: where
/// it did not, its first stroke in the chord does. Cost: O(notes + chords), and sorting.
void sound_basses(std::vector<Note>& bass, std::span<const ChordSpan> chords, PitchRange range);

/// A part that plays chords, in order of onset, sounds each chord's third: where it did not, its
/// first stroke in the chord has it too. Cost: O(notes + chords), and sorting.
void sound_thirds(std::vector<Note>& part, std::span<const ChordSpan> chords, PitchRange range);

}  // namespace toccata
