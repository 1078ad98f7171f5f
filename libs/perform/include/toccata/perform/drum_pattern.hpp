// SPDX-License-Identifier: MIT
// What a kit plays, as it would be written: which drum at which place of the bar, and no more.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/perform/features.hpp>

namespace toccata {

/// Parts of a drum kit, told apart by how they are struck.
enum class Drum : std::uint8_t {
  Kick,
  Snare,
  Rim,
  CrossStick,
  ClosedHat,
  OpenHat,
  PedalHat,
  HighTom,
  MiddleTom,
  FloorTom,
  Crash,
  Ride,
  RideBell
};
inline constexpr std::size_t kDrums = 13;
std::string_view name_of(Drum drum);  ///< "kick", "cross_stick" ...
/// The drum of a percussion key: General MIDI's, and those that electronic kits add to it (the edge
/// of the hat 22 and 26, the rims of toms 50, 47 and 58). Nothing for shakers, claps, congas ...
/// Source: General MIDI 1 Percussion Key Map; Gillick and others 2019 (Groove's Roland TD-11).
std::optional<Drum> find_drum(Pitch key);

/// Styles of Groove, so ordered that neighbours are like each other: a tree may split between any
/// two. Source: Gillick and others 2019, info.csv, the part of the style before the slash.
std::optional<std::size_t> find_drum_style(std::string_view name);
std::vector<std::string_view> drum_style_names();

/// A stroke of a pattern.
struct PatternHit {
  std::int64_t place;   ///< from the pattern's start, in kPlaces a quarter
  std::int64_t bar;     ///< the bar it is written in, from 0
  std::int64_t in_bar;  ///< from the bar line, in kPlaces a quarter
  Drum drum;
  friend bool operator==(const PatternHit&, const PatternHit&) = default;
};

/// All that a kit plays, and what is known of the piece.
struct DrumPattern {
  /// Places a quarter: 16ths, 32nds, triplets and their halves all meet one.
  static constexpr std::int64_t kPlaces = 24;

  std::vector<PatternHit> hits;  ///< sorted by place, then drum; no drum twice at one place
  std::int64_t bar_length = 4 * kPlaces;
  std::int64_t bars = 0;
  double bpm = 120;  ///< quarters a minute
  std::size_t style = 0;
  bool is_fill = false;  ///< a fill by itself, with no groove around it
};

/// What a learned drummer is told of each stroke: drum, place in the beat, the bar and the phrase,
/// tempo and style; the strokes of each drum at the same time, before and after; how regular it is;
/// what the kit plays in all. One row a hit. docs/drums.md lists the columns.
/// Cost: O(hits * log hits).
NoteFeatures drum_features(const DrumPattern& pattern);

}  // namespace toccata
