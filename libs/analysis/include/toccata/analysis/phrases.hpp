// SPDX-License-Identifier: MIT
// The line a part sings: its top notes, its phrases, its intervals, and which bars come again.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include <toccata/analysis/bars.hpp>

namespace toccata {

/// The highest note of each onset, in order.
std::vector<Note> melody_line(std::span<const Note> notes);

/// Steps of a line by size: entry 12 counts repeats, 13 a semitone up, 0 an octave or more down,
/// 24 an octave or more up. The shares sum to 1, or are all 0.
using IntervalShares = std::array<double, 25>;
IntervalShares interval_shares(std::span<const Note> line);

/// How many notes sound together.
struct Polyphony {
  double mean = 0;  ///< while anything sounds
  int most = 0;
  double chord_share = 0;  ///< of the onsets, those with two notes or more
  friend bool operator==(const Polyphony&, const Polyphony&) = default;
};
Polyphony polyphony_of(std::span<const Note> notes);

/// A stretch of a line that a listener hears as one, as indices [first, end) into the line.
struct LinePhrase {
  std::size_t first;
  std::size_t end;
  friend bool operator==(const LinePhrase&, const LinePhrase&) = default;
};
struct PhraseOptions {
  double threshold = 0.45;  ///< [0, 1]: boundary strength that parts phrases
  int fewest_notes = 4;     ///< [1, 64] in a phrase
};
/// Cuts a line where intervals, times between onsets and rests change most.
///
/// Source: Cambouropoulos 2001, The Local Boundary Detection Model (weights 0.25, 0.5, 0.25).
/// Cost:   O(notes).
std::vector<LinePhrase> find_phrases(std::span<const Note> line, const PhraseOptions& options = {});

/// How a bar comes back.
enum class Repeat : std::uint8_t {
  Exact,       ///< the same onsets, pitches and durations
  Transposed,  ///< all pitches moved by the same interval
  Rhythm,      ///< the same onsets and durations, other pitches
};
struct BarRepeat {
  Bar bar;
  Bar of;  ///< the first earlier bar that it repeats in this way
  Repeat kind;
  int semitones;  ///< from the earlier bar's pitches; 0 unless Transposed
  friend bool operator==(const BarRepeat&, const BarRepeat&) = default;
};
/// The bars of a part that come again, each in the closest of the three ways it does. Bars in which
/// no note begins are left out. Cost: O(notes log bars).
std::vector<BarRepeat> find_repeats(std::span<const Note> notes, const MeterMap& meters,
                                    BarRange bars);

/// How alike two bars are: the share of notes (onset in the bar and pitch) that they have in common
/// among those that either has (Jaccard). 1 when both are empty.
double bar_likeness(std::span<const Note> notes, const MeterMap& meters, Bar a, Bar b);

}  // namespace toccata
