// SPDX-License-Identifier: MIT
// Playing by the two forests of the note-wise protocol, so that one can hear what they have
// learned.
#pragma once

#include <memory>
#include <string>

#include <toccata/learn/note_wise_models.hpp>
#include <toccata/perform/learned.hpp>

namespace toccata::learn {

/// What plays of a note-wise bundle.
struct NoteWiseForests {
  ml::Scaler scaler;
  NoteModel velocity, duration;
};
/// Reads scaler, rf_velocity and rf_duration from what `train expression --protocol notewise` wrote
/// or was taken over from scikit-learn. Errors: a tensor that is missing or wrong.
Result<NoteWiseForests, ml::TensorError> load_note_wise_forests(const ml::Weights& weights);

/// A performer whose pitched notes have the forests' velocity, 1 to 127, and length, 200 to 1,920
/// ticks of 480 a quarter, scaled to the score's ppq; a length ends with the piece and where its
/// key is struck again. Inputs are the protocol's seven, with a part for a track; `duration` is the
/// written one. With variation each note is told by a tree of the forest drawn for it: the mean of
/// all at 0, the one tree at 1. Onsets, tempo, kits and controllers are those of `curve`, but for
/// the sustaining pedal, which would hide the lengths.
/// Cost: O(n * trees * depth).
std::unique_ptr<Performer> make_note_wise_performer(std::string name,
                                                    std::shared_ptr<const NoteWiseForests> forests,
                                                    const PlayingOptions& options);

}  // namespace toccata::learn
