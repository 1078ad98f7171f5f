// SPDX-License-Identifier: MIT
// Which channel each note goes to, so that no bend touches a note it is not meant for.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <toccata/score/performance.hpp>

namespace toccata::midi {

inline constexpr std::uint8_t kNoRelease = 64;  ///< what is sent where no release velocity is known

/// A note as it will sound.
struct SoundingNote {
  /// Still without bend and slot, released when it ends. Range: null where it is not performed.
  SoundingNote(const Note& written, const PlayedNote* played, std::size_t of_part);

  const Note* note;
  std::size_t part;  ///< index into the score's parts
  Tick on;
  Tick off;       ///< after `on`
  Tick released;  ///< when its channel is free again: `off`, or where the pedal comes up
  std::uint8_t pitch;
  std::uint8_t velocity;
  std::uint8_t release = kNoRelease;
  int bend = 0;                                 ///< in the end
  std::optional<int> bend_from = std::nullopt;  ///< where a glide begins
  int slot = 0;                                 ///< into Voices::channels, once planned
};

/// Parts that share channels: one part, or several of one program.
struct Voices {
  std::vector<std::size_t> parts;
  std::vector<SoundingNote> notes;  ///< sorted by `on`
  std::optional<int> wish;          ///< the channel they had in a file
  std::vector<int> channels;        ///< 0..15; at least one once planned
};

enum class Sharing : std::uint8_t {
  EqualBends,  ///< notes of one bend share a channel
  OneNote,     ///< every sounding note has a channel of its own (MPE)
};

/// The least number of slots with which notes can be placed, and their slots; none when over
/// `most`. A slot changes its bend only when `tail` has passed since its last note was released; a
/// glide shares its slot with nothing. Cost: O(notes * most).
std::optional<int> assign_slots(std::vector<SoundingNote>& notes, Duration tail, Sharing sharing,
                                int most);

/// Gives all voices channels out of `free` (ascending), in order; each keeps its wish where it can.
/// Tails are shortened where channels are scarce. Errors: how many channels would have been needed
/// at least, when there are too few.
Result<void, int> plan_channels(std::vector<Voices>& voices, std::vector<int> free, Duration tail);

}  // namespace toccata::midi
