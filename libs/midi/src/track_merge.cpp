// SPDX-License-Identifier: MIT
#include "track_merge.hpp"

#include <algorithm>

namespace toccata::midi {

Track merge(const Track& track, const TrackEdit& edit) {
  Track merged;
  const auto added = edit.added.placed();
  const auto events = track.events();
  merged.reserve(events.size() + added.size());
  auto next = added.begin();
  auto louder = edit.velocities.begin();
  const auto add_next = [&] {
    merged.add_copy(edit.added.loose().events()[next->index], edit.added.loose(), next->at);
    ++next;
  };
  for (std::size_t i = 0; i < events.size(); ++i) {
    const Tick at = events[i].at;
    while (next != added.end() &&
           (next->at < at || (next->at == at && next->rank == Rank::NoteOff)))
      add_next();
    Event event = events[i];
    if (louder != edit.velocities.end() && louder->first == i) event.data2 = (louder++)->second;
    if (edit.removed.empty() || !edit.removed[i]) merged.add_copy(event, track);
  }
  while (next != added.end()) add_next();
  merged.set_end(std::max(track.end(), merged.end()));
  return merged;
}

}  // namespace toccata::midi
