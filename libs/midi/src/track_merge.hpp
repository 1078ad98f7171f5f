// SPDX-License-Identifier: MIT
// A track with some events taken out and others put in.
#pragma once

#include "track_builder.hpp"

#include <map>

namespace toccata::midi {

struct TrackEdit {
  std::vector<bool> removed;                       ///< by index; empty: none
  std::map<std::size_t, std::uint8_t> velocities;  ///< new ones of note-ons, by index
  TrackBuilder added;

  void remove(std::size_t index, const Track& track) {
    if (removed.empty()) removed.resize(track.events().size());
    removed[index] = true;
  }
  bool is_none() const { return removed.empty() && velocities.empty() && added.is_empty(); }
};

/// At one tick, added note-offs come before what was there, other added events after it. What was
/// there keeps its order. The end moves only behind an event that lies later.
Track merge(const Track& track, const TrackEdit& edit);

}  // namespace toccata::midi
