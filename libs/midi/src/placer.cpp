// SPDX-License-Identifier: MIT
#include "placer.hpp"

#include <algorithm>

namespace toccata::midi {

std::optional<Placer::Place> Placer::place(const SoundingNote& note, PartChannels& part) {
  const bool is_plain = note.note->detune == Cents() && !note.note->glide;
  if (is_plain && !part.is_understood) {
    clock(part.own.front()).add_plain({note.on, note.off});
    return Place{part.own.front()};
  }
  if (const auto found = place_unbent(note, part)) return found;
  const Tick died_away = with_tail(note).end;
  const Tick latest = until_ ? *until_ - Duration(1) : died_away;
  if (died_away <= latest)
    if (const auto found = place_on_own(note, part, died_away)) return found;
  if (const auto found = place_on_extra(note, part)) return found;
  // The channel is bent back under what is left of the sound, or the note ends a little earlier.
  return latest < died_away ? place_on_own(note, part, latest) : std::nullopt;
}

/// On a channel that stands at the bend it needs.
std::optional<Placer::Place> Placer::place_unbent(const SoundingNote& note,
                                                  const PartChannels& part) {
  if (note.note->glide) return std::nullopt;
  const Span span{note.on, note.off};
  const auto fits = [&](int channel) {
    return clock(channel).stands_at(note.note->detune, span) &&
           !clock(channel).is_taken(note.on, note.pitch);
  };
  if (part.is_understood)
    if (const auto own = std::ranges::find_if(part.own, fits); own != part.own.end()) {
      clock(*own).add_plain(span);
      return Place{*own};
    }
  const auto extra = std::ranges::find_if(part.extra, fits);
  if (extra == part.extra.end()) return std::nullopt;
  clock(*extra).add_plain(with_tail(note));
  return Place{*extra};
}

/// On a channel of the file that is idle until it is bent back.
std::optional<Placer::Place> Placer::place_on_own(const SoundingNote& note,
                                                  const PartChannels& part, Tick back) {
  if (!part.is_understood || back <= note.on) return std::nullopt;
  const Span span{note.on, back};
  for (const int channel : part.own) {
    const bool reaches =
        clock(channel).point_at(note.on).range_cents >= farthest_bend({note}).value();
    if (!reaches || !clock(channel).is_idle(span)) continue;
    clock(channel).add_bent(span);
    return Place{channel, true, false, back};
  }
  return std::nullopt;
}

/// On a channel that nothing of the file sounds on, so that its bend may stay.
std::optional<Placer::Place> Placer::place_on_extra(const SoundingNote& note, PartChannels& part) {
  const Span span = with_tail(note);
  auto extra = std::ranges::find_if(part.extra, [&](int c) { return clock(c).is_idle(span); });
  const bool is_new = extra == part.extra.end();
  if (is_new) {
    if (free_.empty()) return std::nullopt;
    extra = part.extra.insert(part.extra.end(), free_.front());
    free_.erase(free_.begin());
  }
  if (note.note->glide) clock(*extra).add_bent(span);
  else clock(*extra).add_plain(span);
  return Place{*extra, true, is_new};
}

}  // namespace toccata::midi
