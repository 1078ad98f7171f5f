// SPDX-License-Identifier: MIT
// The tracks of a fresh file that hold notes.
#pragma once

#include "sounding.hpp"
#include "track_builder.hpp"

#include <toccata/midi/export.hpp>

namespace toccata::midi {

/// Which notes go to which channels, over all parts.
struct Layout {
  std::vector<Voices> voices;  ///< of the parts that are no drums
  std::vector<std::vector<SoundingNote>> drums;
  int bend_range = kUsualBendRange;
};

/// Errors: TooManyChannels, TooManyVoices, TooManyParts, BendTooWide.
Result<Layout, WriteError> plan_layout(const Score& score, const Performance& performance,
                                       Microtones microtones);

/// The bends that a note needs, from its onset on; a glide arrives while the note sounds.
std::vector<BendStep> bends_of(const SoundingNote& note);
/// Adds a sounding note's two messages.
void add_note(TrackBuilder& track, const SoundingNote& note, int channel);
/// Adds the notes of some voices to the tracks of their parts, each after the bend it needs.
void add_bent_notes(std::vector<TrackBuilder>& tracks, const Voices& voices);
/// The same with tuning messages in place of bends. Errors: TuningConflict.
Result<void, WriteError> add_retuned_notes(std::vector<TrackBuilder>& tracks, const Voices& voices,
                                           const Score& score);

}  // namespace toccata::midi
