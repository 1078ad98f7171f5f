// SPDX-License-Identifier: MIT
// Notes one by one, each with the seven features that note-wise reports of expression use.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <toccata/midi/file.hpp>

namespace toccata::learn {

/// One note as the note-wise protocol sees it. Units: ticks of the file's own division.
struct NoteRow {
  std::uint8_t pitch = 0;
  std::uint8_t pitch_interval =
      0;                           ///< semitones from the row before, without sign; 0 for the first
  std::uint8_t prev_pitch = 0;     ///< its own at the beginning
  std::uint8_t next_pitch = 0;     ///< its own at the end
  double seq_pos = 0;              ///< 0 for the first, 1 for the last
  std::uint8_t local_density = 0;  ///< notes within six places, itself counted: 13 but at the ends
  std::int32_t duration = 0;       ///< over 0
  std::uint8_t velocity = 0;       ///< 20..127
  std::int32_t file = 0;           ///< whose
  std::int64_t onset = 0;          ///< no feature: for telling where errors are large
  friend bool operator==(const NoteRow&, const NoteRow&) = default;
};

inline constexpr std::array<std::string_view, 7> kNoteWiseFeatures{
    "pitch", "pitch_interval", "prev_pitch", "next_pitch", "seq_pos", "local_density", "duration"};
/// The seven, in that order.
std::array<float, 7> features_of(const NoteRow& row);

inline constexpr int kSoftestUsed = 20;               ///< notes under this velocity are left out
inline constexpr std::int32_t kShortestTarget = 100;  ///< durations are clipped to these
inline constexpr std::int32_t kLongestTarget = 10'000;
/// The duration as a target.
constexpr std::int32_t clipped(std::int32_t duration) {
  return duration < kShortestTarget  ? kShortestTarget
         : duration > kLongestTarget ? kLongestTarget
                                     : duration;
}

/// The notes of a file in the order in which they end, track by track: that is the order in which
/// an extractor meets their note-offs. A note-on of velocity 0 ends a note too; one that waits for
/// note-off messages alone finds no note in files that have none (all of MAESTRO).
/// Cost: O(events).
std::vector<NoteRow> note_wise_rows(const midi::File& file, std::int32_t file_number);

/// Fills in what each row has of its neighbours and its place: prev_pitch, next_pitch,
/// pitch_interval, seq_pos, local_density. Range: rows of one file, in their order.
void set_neighbours(std::span<NoteRow> rows);

}  // namespace toccata::learn
