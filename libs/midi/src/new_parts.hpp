// SPDX-License-Identifier: MIT
// Parts that join a file: their channels and their tracks.
#pragma once

#include "edit_plan.hpp"
#include "part_tracks.hpp"

namespace toccata::midi {

struct NewParts {
  std::vector<TrackBuilder> tracks;  ///< one for each new part, in order
  std::vector<int> channels;         ///< taken of those that were free
  Tick first_onset;
};

/// Whether the tracks stand alone, with names, or are to become part of another one.
enum class Standing : std::uint8_t { Alone, Joined };

/// Errors: TooManyChannels, BendTooWide.
Result<NewParts, WriteError> write_new_parts(const Score& after, const EditPlan& plan,
                                             Standing standing);

}  // namespace toccata::midi
