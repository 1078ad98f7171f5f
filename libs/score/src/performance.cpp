// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/score/performance.hpp>

namespace toccata {

Performance make_plain_performance(const Score& score) {
  Performance performance{{}, {}, score.tempo};
  for (const Part& part : score.parts)
    for (const Note& note : part.notes)
      performance.notes.push_back({note.id, Duration(0), note.duration, kPlainVelocity, {}});
  std::ranges::sort(performance.notes, {}, &PlayedNote::note);
  return performance;
}

const PlayedNote* find_played(std::span<const PlayedNote> notes, NoteId note) {
  if (notes.empty() || note < notes.front().note) return nullptr;
  // Where ids count without gaps, as they mostly do, the place is known.
  const std::size_t place = note.number() - notes.front().note.number();
  if (place < notes.size() && notes[place].note == note) return &notes[place];
  const auto found = std::ranges::lower_bound(notes, note, {}, &PlayedNote::note);
  return found != notes.end() && found->note == note ? &*found : nullptr;
}

const PlayedNote* find_played(const Performance& performance, NoteId note) {
  return find_played(std::span(performance.notes), note);
}

Performance merge(const Performance& base, const Performance& added) {
  Performance merged{{}, base.controls, base.tempo};
  merged.notes.reserve(base.notes.size() + added.notes.size());
  // Of two entries for one note set_union takes the one of the first range.
  std::ranges::set_union(added.notes, base.notes, std::back_inserter(merged.notes), {},
                         &PlayedNote::note, &PlayedNote::note);
  merged.controls.insert(merged.controls.end(), added.controls.begin(), added.controls.end());
  std::ranges::stable_sort(merged.controls, {}, &ControlEvent::at);
  return merged;
}

Performance pruned(const Performance& performance, const Score& score) {
  std::vector<NoteId> ids;
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) ids.push_back(note.id);
  std::ranges::sort(ids);
  Performance kept{{}, performance.controls, performance.tempo};
  std::ranges::copy_if(performance.notes, std::back_inserter(kept.notes), [&](const auto& played) {
    return std::ranges::binary_search(ids, played.note);
  });
  return kept;
}

}  // namespace toccata
