// SPDX-License-Identifier: MIT
// What an edited score changes of the file it came from, note by note.
#pragma once

#include <map>

#include <toccata/midi/import.hpp>

#include "channel_clock.hpp"

namespace toccata::midi {

struct KeptNote {
  int channel;
  std::uint8_t pitch;
  Span span;
};

/// A note of which nothing but the velocity is another.
struct Revoiced {
  NoteId id;
  std::uint8_t velocity;
};

/// What happens to one part of the edited score. A note that changed in more than its velocity is
/// removed and added.
struct PartEdit {
  bool is_new = false;
  bool has_moved_tuned_notes = false;  ///< so that its bends no longer stand where they should
  std::vector<Revoiced> revoiced;
  std::vector<NoteId> removed;
  std::vector<SoundingNote> added;  ///< by onset
};

struct EditPlan {
  Performance performance;      ///< with the entries that untouched notes had before
  std::vector<PartEdit> parts;  ///< of the edited score, in order
  std::vector<NoteId> removed_with_parts;
  std::vector<KeptNote> kept;      ///< by onset
  std::vector<int> free_channels;  ///< on which the file sounds nothing; never the drums'
  std::vector<ControlEvent> added_controls, removed_controls;  ///< by tick
  std::map<PartId, std::vector<int>> channels;  ///< of the parts before, the usual one first
};

EditPlan plan_edits(const File& original, const Import& before, const Score& after,
                    const Performance& performance);

}  // namespace toccata::midi
