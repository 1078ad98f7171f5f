// SPDX-License-Identifier: MIT
// Estimates the chords of a passage from all notes that sound, for scores without chord marks.
#pragma once

#include <optional>
#include <vector>

#include <toccata/analysis/bars.hpp>

namespace toccata {

/// Which chords may be found.
enum class ChordVocabulary : std::uint8_t {
  Triads,    ///< major, minor, diminished, augmented, suspended fourth
  Sevenths,  ///< these and 7, maj7, m7, m7b5, dim7
};
/// What becomes of a chord tone other than the root in the bass.
enum class Inversions : std::uint8_t {
  Ignore,  ///< no slash chords
  Mark,    ///< a slash bass where it is lowest for at least 60 % of the time
};

struct ChordOptions {
  Slice slice = Slice::HalfBar;  ///< at most one chord in each
  ChordVocabulary vocabulary = ChordVocabulary::Sevenths;
  Inversions inversions = Inversions::Ignore;
  double change_cost = 0.2;  ///< [0, 10]: higher keeps a chord longer
};

/// A chord and how long it lasts.
struct EstimatedChord {
  Span span;
  Chord chord;
  double fit;  ///< [0, 1]: share of the sounding time that belongs to the chord
  friend bool operator==(const EstimatedChord&, const EstimatedChord&) = default;
};

/// The chords that explain best what sounds in the pitched parts, slice by slice: tones heard
/// count for a chord, other tones against it, a root in the bass counts twice, and each change
/// costs something. Neighbouring spans differ in chord; roots are spelled in the key marked there
/// or, without marks, in the key estimated. Silence keeps the chord before it; a passage that
/// begins in silence begins there without a chord; one wholly silent has none.
///
/// Cost:   O(notes log notes + slices).
/// Source: Fujishima 1999 (templates), Pardo and Birmingham 2002, Algorithms for Chordal Analysis
///         (tones for and against), Viterbi 1967 (smoothing); weights tuned on public corpora, see
///         docs/analysis.md.
std::vector<EstimatedChord> estimate_chords(const Score& score, BarRange bars,
                                            const ChordOptions& options = {});

/// The same as marks, as a Score keeps them.
std::vector<ChordMark> to_marks(std::span<const EstimatedChord> spans);

}  // namespace toccata
