// SPDX-License-Identifier: MIT
#include "free_pitches.hpp"

#include <algorithm>

namespace toccata {

FreePitches::FreePitches(const Task& task, const Cell& cell)
    : end_(task.score.meter.onset_of(cell.end)) {
  const MeterMap& meter = task.score.meter;
  const Tick begin = meter.onset_of(cell.first);
  for (const Note& note : find_part(task.score, cell.part)->notes) {
    if (note.onset >= end_) break;
    if (note.end() <= begin) continue;
    const bool goes = task.region.contains(cell.part, meter.bar_at(note.onset)) &&
                      std::ranges::find(task.region.pinned, note.id) == task.region.pinned.end();
    if (!goes) held_[note.pitch.number()].push_back({note.onset, note.end()});
  }
}

Tick FreePitches::limit_of(const Note& note) const {
  Tick limit = std::min(note.end(), end_);
  const auto spans = held_.find(note.pitch.number());
  if (spans == held_.end()) return limit;
  for (const Span& span : spans->second)
    if (span.end > note.onset) limit = std::min(limit, std::max(span.onset, note.onset));
  return limit;
}

void FreePitches::settle(std::vector<Note>& notes) const {
  sort_notes(notes);
  std::vector<Note> settled;
  std::map<int, std::size_t> last;  // by pitch number: the latest note settled
  for (Note& note : notes) {
    note.duration = limit_of(note) - note.onset;
    if (note.duration <= Duration(0)) continue;
    const auto [before, first] = last.try_emplace(note.pitch.number(), settled.size());
    if (!first) {
      Note& earlier = settled[before->second];
      if (earlier.onset == note.onset) {
        earlier.duration = std::max(earlier.duration, note.duration);
        continue;
      }
      earlier.duration = std::min(earlier.duration, note.onset - earlier.onset);
      before->second = settled.size();
    }
    settled.push_back(note);
  }
  notes = std::move(settled);
  for (Note& note : notes)
    if (note.glide) note.glide->over = std::min(note.glide->over, note.duration);
}

}  // namespace toccata
