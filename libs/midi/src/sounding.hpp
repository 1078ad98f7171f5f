// SPDX-License-Identifier: MIT
// Written notes and their performance, as the notes that sound.
#pragma once

#include "channels.hpp"

#include <toccata/score/performance.hpp>

namespace toccata::midi {

/// When the pedal of one part is down.
class Pedal {
 public:
  Pedal(const Performance& performance, PartId part);
  /// When a note that ends here is heard no more: the end, or where the pedal comes up.
  Tick released_after(Tick end) const;

 private:
  struct Change {
    Tick at;
    bool is_down;
  };
  std::vector<Change> changes_;
};

/// The notes of a part, sorted by when they sound.
std::vector<SoundingNote> sounding_notes(const Score& score, const Performance& performance,
                                         std::size_t part);
/// Ends a note where the same key is struck again with the same tuning. Range: sorted by `on`.
void cut_at_repeats(std::vector<SoundingNote>& notes);
void sort_by_onset(std::vector<SoundingNote>& notes);

/// How far the notes reach from their keys, glides included.
Cents farthest_bend(const std::vector<SoundingNote>& notes);
/// Fills in the bends that tune the notes. A glide too small to be heard is left out.
void set_bends(std::vector<SoundingNote>& notes, int range_semitones);

}  // namespace toccata::midi
