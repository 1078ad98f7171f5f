// SPDX-License-Identifier: MIT
// Takes of drummers, as patterns and how each stroke of them was played.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <toccata/learn/collection.hpp>
#include <toccata/learn/fitting.hpp>
#include <toccata/perform/drum_pattern.hpp>

namespace toccata::learn {

/// A take in Groove's table.
struct DrumEntry {
  std::string file;
  std::string drummer, session;  ///< "drummer1/session2" is one session of one drummer
  std::string style;             ///< "funk/purdieshuffle"
  std::string beat_type;         ///< "beat" or "fill"
  std::string time_signature;    ///< "4-4"
  std::optional<Split> split;
};

/// A take that was read.
struct DrumTake {
  DrumEntry entry;
  DrumPattern pattern;
  std::vector<float> velocities;  ///< of each hit
  std::vector<float> lateness;    ///< behind the grid, less the take's mean. Units: milliseconds
  /// Strokes that stand on the place of a louder one of the same drum (flams), and those of no
  /// drum: the pattern has neither.
  std::size_t left_out = 0;
};

struct DrumSet {
  std::vector<DrumTake> takes;    ///< in the order of the table
  std::vector<DataError> faults;  ///< of what could not be read
  std::vector<const DrumTake*> of(std::optional<Split> split) const;
};

/// Whether a tree has Groove's table.
bool is_groove(const FileTree& tree);
/// The takes of a tree in Groove's layout. Errors: no info.csv with Groove's columns; what
/// CsvReader refuses.
Result<std::vector<DrumEntry>, DataError> find_takes(const FileTree& tree);
/// Errors: not to be read; no stroke of a kit; a style or time signature that is not known.
Result<DrumTake, DataError> read_take(const FileTree& tree, const DrumEntry& entry);
/// All of them. Cost: about 100 bytes a stroke.
DrumSet read_takes(const FileTree& tree, std::span<const DrumEntry> entries,
                   const Running& running);

/// How far the sides of a split are apart.
struct SplitCheck {
  std::size_t held = 0;           ///< takes that are not learned from
  std::size_t known_drummer = 0;  ///< of these, by a drummer who is learned from
  std::size_t known_session = 0;  ///< in a session of which other takes are learned from
  std::size_t known_pattern = 0;  ///< stroke by stroke the same as one that is learned from
};
SplitCheck check_split(const DrumSet& set, Split held);

}  // namespace toccata::learn
