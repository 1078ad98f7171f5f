// SPDX-License-Identifier: MIT
#include "rhythm.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <span>

namespace toccata {
namespace {

/// How a beat may be divided on the way into a cadence.
struct BeatFigure {
  unsigned twelfths;  ///< a bit for each twelfth of the beat in which a note begins
  double weight;
};
constexpr unsigned kDown = 1u << 0, kThird = 1u << 4, kTwoThirds = 1u << 8, kQuarter = 1u << 3,
                   kHalf = 1u << 6, kThreeQuarters = 1u << 9;
constexpr std::array<BeatFigure, 9> kFigures{{{kDown, 2},
                                              {kDown | kHalf, 3},
                                              {kDown | kThreeQuarters, 2},
                                              {kDown | kQuarter, 0.5},
                                              {kDown | kHalf | kThreeQuarters, 2},
                                              {kDown | kQuarter | kHalf, 1.5},
                                              {kDown | kQuarter | kHalf | kThreeQuarters, 1},
                                              {kHalf, 0.7},
                                              {kHalf | kThreeQuarters, 0.5}}};
constexpr std::array<BeatFigure, 5> kSwungFigures{
    {{kDown, 2}, {kDown | kHalf, 4}, {kDown | kThird | kTwoThirds, 1.5}, {kHalf, 1.5}, {0, 0.7}}};
constexpr std::array<BeatFigure, 6> kFiguresInThree{{{kDown, 1.5},
                                                     {kDown | kTwoThirds, 3},
                                                     {kDown | kThird, 1},
                                                     {kDown | kThird | kTwoThirds, 3},
                                                     {kDown | kHalf | kTwoThirds, 1},
                                                     {kTwoThirds, 0.7}}};

std::span<const BeatFigure> figures_of(Duration beat, bool swings) {
  if (beat == kComposedPpq.quarter() * 3 / 2) return kFiguresInThree;
  if (swings) return kSwungFigures;
  return kFigures;
}

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

std::vector<Duration> draw_lead_in(const BarGrid& grid, int first_beat, Duration length,
                                   const RhythmManner& manner, Rng& rng) {
  constexpr double kMostOdds = 2;  // however dense: a cadence is not a run
  std::vector<Duration> onsets;
  for (int beat = first_beat; beat < grid.beats(); ++beat) {
    const Duration begin = grid.beat_onset(beat) - grid.beat_onset(first_beat);
    if (begin >= length) break;
    const auto figures = figures_of(grid.beat_length(beat), manner.swings);
    std::vector<double> weights;
    for (const BeatFigure& figure : figures) {
      double weight = figure.weight;
      for (int note = 1; note < std::popcount(figure.twelfths); ++note)
        weight *= std::min(manner.odds, kMostOdds);
      weights.push_back(weight);
    }
    const unsigned twelfths = figures[rng.weighted(weights)].twelfths;
    for (int i = 0; i < 12; ++i) {
      const Duration at = begin + grid.beat_length(beat) * i / 12;
      if ((twelfths >> i & 1u) != 0 && at < length) onsets.push_back(at);
    }
  }
  return onsets;
}

Rhythm augmented(const Rhythm& rhythm, Duration length) {
  Rhythm slow;
  for (const RhythmNote& note : rhythm)
    if (note.at * 2 < length)
      slow.push_back({note.at * 2, std::min(note.duration * 2, length - note.at * 2)});
  return slow;
}

}  // namespace toccata
