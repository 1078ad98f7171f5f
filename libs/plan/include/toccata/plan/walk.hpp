// SPDX-License-Identifier: MIT
// What the engine "walk" may be told: the plainest generator of the field, kept for comparison.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <toccata/base/json.hpp>
#include <toccata/base/result.hpp>

namespace toccata {

/// Where a walk ends: its last notes moved to the nearest tone of the tonic triad, or left alone.
enum class WalkEnding : std::uint8_t { Tonic, Free };
std::string_view name_of(WalkEnding ending);  ///< "tonic", "free"
std::optional<WalkEnding> find_walk_ending(std::string_view name);

/// What was asked of a walk; what is absent or empty is as in WalkOptions.
struct WalkAsk {
  std::optional<int> notes;           ///< [1, 40000]: of the melody, a quarter each
  std::vector<int> steps;             ///< semitones, each [-24, 24]
  std::vector<double> probabilities;  ///< each [0, 1], as many as steps; sum 1
  std::vector<std::string> chords;    ///< roman numerals, a bar each, round and round
  std::optional<bool> sevenths;
  std::optional<int> lowest, highest;  ///< MIDI numbers, [0, 127]
  std::optional<WalkEnding> ending;
  friend bool operator==(const WalkAsk&, const WalkAsk&) = default;
};

/// A walk with everything said. A step has a mean of sum(step * probability), -0.2 semitones by
/// default, so its melodies drift downwards.
struct WalkOptions {
  std::optional<int> notes;  ///< absent: one a quarter to the end of the piece
  std::vector<int> steps{-2, -1, 0, 1, 2};
  std::vector<double> probabilities{0.2, 0.3, 0.1, 0.3, 0.1};
  std::vector<std::string> chords{"I", "IV", "V", "I"};  ///< in minor: i, iv, V, i
  /// Every chord gets a major seventh (0, 4, 7, 11 semitones in major), as in that generator; so
  /// does a numeral that names a seventh. On V that is no dominant seventh, as the rule engine's.
  bool sevenths = false;
  int lowest = kUsualLowest, highest = kUsualHighest;  ///< to which the walk is clipped
  WalkEnding ending = WalkEnding::Tonic;
  static std::vector<std::string> minor_chords() { return {"i", "iv", "V", "i"}; }
  static constexpr int kUsualNotes = 16, kUsualLowest = 48, kUsualHighest = 84;
};

inline constexpr int kMostWalkNotes = 40'000, kWidestWalkStep = 24;

/// Fields of `over` win.
WalkAsk overlaid(const WalkAsk& under, const WalkAsk& over);
/// Each field by itself, as some may be said elsewhere. Errors: a number out of its range, a
/// numeral that is none; each is named ("walk steps") with what is allowed.
Result<void, std::string> check_fields(const WalkAsk& ask);
/// All of it. Errors: also probabilities that are not one for each step or do not sum to 1, a range
/// upside down.
Result<void, std::string> check(const WalkAsk& ask);

/// The member `walk` of toccata.brief/1 (docs/formats/brief.md).
Json to_json(const WalkAsk& ask);
/// Errors: a member of another kind; what check_fields() refuses.
Result<WalkAsk, std::string> walk_from_json(const Json& json);

}  // namespace toccata
