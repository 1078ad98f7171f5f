// SPDX-License-Identifier: MIT
#include "rhythm.hpp"

#include <algorithm>

namespace toccata {
namespace {

/// Three even notes in place of whatever a simple beat had.
void put_triplets(std::vector<Duration>& onsets, const BarGrid& grid, const RhythmManner& manner,
                  Rng& rng) {
  for (int beat = 0; beat < grid.beats(); ++beat) {
    const Duration onset = grid.beat_onset(beat), length = grid.beat_length(beat);
    if (length != kComposedPpq.quarter() || !rng.chance(manner.triplets)) continue;
    std::erase_if(onsets, [&](Duration d) { return d >= onset && d < onset + length; });
    for (int third = 0; third < 3; ++third) onsets.push_back(onset + length * third / 3);
  }
  std::ranges::sort(onsets);
}

/// Some onsets on beats come half a beat early, where nothing else sounds.
void anticipate(std::vector<Duration>& onsets, const BarGrid& grid, const RhythmManner& manner,
                Rng& rng) {
  for (std::size_t i = 0; i < onsets.size(); ++i) {
    const Place& place = grid.nearest(onsets[i]);
    if (place.at != onsets[i] || place.kind == PlaceKind::Offbeat || place.kind == PlaceKind::Fine)
      continue;
    if (place.beat == 0 || !rng.chance(manner.anticipation)) continue;
    const Duration early = onsets[i] - grid.beat_length(place.beat - 1) / 2;
    if (i > 0 && onsets[i - 1] >= early) continue;
    onsets[i] = early;
  }
}

}  // namespace

void hold_to_next(Rhythm& rhythm, Duration length, Duration longest) {
  for (std::size_t i = 0; i < rhythm.size(); ++i) {
    const Duration end = i + 1 < rhythm.size() ? rhythm[i + 1].at : length;
    rhythm[i].duration = std::min(end - rhythm[i].at, longest);
  }
}

Rhythm draw_rhythm(const BarGrid& grid, int bars, const RhythmManner& manner, Rng& caller) {
  // One number is taken whatever is drawn: a denser rhythm shifts nothing that the caller draws
  // later, and keeps every onset that the sparser one of the same seed has.
  const Rng whole(caller.next());
  Rhythm rhythm;
  for (int bar = 0; bar < bars; ++bar) {
    Rng rng = whole.fork(static_cast<std::uint64_t>(bar));
    auto onsets = draw_onsets(grid, manner.onsets, manner.odds, rng);
    if (manner.triplets > 0) put_triplets(onsets, grid, manner, rng);
    anticipate(onsets, grid, manner, rng);
    for (std::size_t i = 0; i < onsets.size(); ++i) {
      const bool first = bar == 0 && i == 0;
      if (!first && rng.chance(manner.rest)) continue;
      rhythm.push_back({grid.bar() * bar + onsets[i], Duration()});
    }
  }
  hold_to_next(rhythm, grid.bar() * bars, grid.bar());
  return rhythm;
}

Rhythm augmented(const Rhythm& rhythm, Duration length) {
  Rhythm slow;
  for (const RhythmNote& note : rhythm)
    if (note.at * 2 < length)
      slow.push_back({note.at * 2, std::min(note.duration * 2, length - note.at * 2)});
  return slow;
}

}  // namespace toccata
