// SPDX-License-Identifier: MIT
#include "placer.hpp"

namespace toccata::midi {

std::optional<Placer::Place> Placer::place(const SoundingNote& note, PartChannels& part) {
  const Span span{note.on, note.off};
  const Span with_tail{note.on, note.off + tail_};
  const Cents detune = note.note->detune;
  const bool is_plain = detune == Cents() && !note.note->glide;
  if (is_plain && !part.is_understood) {
    clock(part.own.front()).add_plain(span);
    return Place{part.own.front(), false, false};
  }
  std::vector<int> candidates = part.is_understood ? part.own : std::vector<int>();
  candidates.insert(candidates.end(), part.extra.begin(), part.extra.end());
  for (int channel : candidates) {
    if (note.note->glide || !clock(channel).stands_at(detune, span)) continue;
    if (clock(channel).is_taken(note.on, note.pitch)) continue;
    clock(channel).add_plain(span);
    return Place{channel, false, false};
  }
  for (int channel : candidates) {
    const bool reaches =
        clock(channel).point_at(note.on).range_cents >= farthest_bend({note}).value();
    if (!reaches || !clock(channel).is_idle(with_tail)) continue;
    clock(channel).add_bent(with_tail);
    return Place{channel, true, false};
  }
  if (free_.empty()) return std::nullopt;
  const int channel = free_.front();
  free_.erase(free_.begin());
  part.extra.push_back(channel);
  clock(channel).add_bent(with_tail);
  return Place{channel, true, true};
}

}  // namespace toccata::midi
