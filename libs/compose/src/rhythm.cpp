// SPDX-License-Identifier: MIT
#include "rhythm.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <span>

#include <toccata/base/elementary.hpp>

namespace toccata {
namespace {

/// How a beat may be divided.
struct BeatFigure {
  unsigned twelfths;  ///< a bit for each twelfth of the beat in which a note begins
  double weight;
};
constexpr unsigned kDown = 1u << 0, kThird = 1u << 4, kTwoThirds = 1u << 8, kQuarter = 1u << 3,
                   kHalf = 1u << 6, kThreeQuarters = 1u << 9;
constexpr std::array<BeatFigure, 12> kFigures{{{kDown, 2},
                                               {kDown | kHalf, 3},
                                               {kDown | kThreeQuarters, 2},
                                               {kDown | kQuarter, 0.5},
                                               {kDown | kHalf | kThreeQuarters, 2},
                                               {kDown | kQuarter | kHalf, 1.5},
                                               {kDown | kQuarter | kHalf | kThreeQuarters, 1},
                                               {kHalf, 0.5},
                                               {kHalf | kThreeQuarters, 0.4},
                                               {kThreeQuarters, 0.25},
                                               {kQuarter | kThreeQuarters, 0.2},
                                               {kQuarter, 0.2}}};
constexpr std::array<BeatFigure, 8> kSwungFigures{{{kDown, 2},
                                                   {kDown | kHalf, 4},
                                                   {kDown | kThird | kTwoThirds, 1.5},
                                                   {kHalf, 0.8},
                                                   {0, 0.4},
                                                   {kDown | kThird, 0.7},
                                                   {kThird | kTwoThirds, 0.4},
                                                   {kTwoThirds, 0.3}}};
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

/// One of the figures, by weight, by what the piece favours and by how dense it is to be.
unsigned draw_figure(Duration beat, const RhythmManner& manner, Rng& rng) {
  constexpr double kMostOdds = 2;  // however dense: a figure is not a run
  const auto figures = figures_of(beat, manner.swings);
  std::vector<double> weights;
  weights.reserve(figures.size());
  for (std::size_t i = 0; i < figures.size(); ++i) {
    double weight = figures[i].weight * manner.leans[i];
    for (int note = 1; note < std::popcount(figures[i].twelfths); ++note)
      weight *= std::min(manner.odds, kMostOdds);
    weights.push_back(weight);
  }
  return figures[rng.weighted(weights)].twelfths;
}

void append_figure(unsigned twelfths, Duration begin, Duration beat,
                   std::vector<Duration>& onsets) {
  for (int i = 0; i < 12; ++i)
    if ((twelfths >> i & 1u) != 0) onsets.push_back(begin + beat * i / 12);
}

/// Figures that the piece favours in place of whatever some beats had.
void put_figures(std::vector<Duration>& onsets, const BarGrid& grid, const RhythmManner& manner,
                 Rng& rng) {
  for (int beat = 0; beat < grid.beats(); ++beat) {
    if (!rng.chance(manner.figures)) continue;
    const Duration onset = grid.beat_onset(beat), length = grid.beat_length(beat);
    std::erase_if(onsets, [&](Duration d) { return d >= onset && d < onset + length; });
    append_figure(draw_figure(length, manner, rng), onset, length, onsets);
  }
  std::ranges::sort(onsets);
}

/// The middle of five evenly spaced notes moves by half a step or is left out.
void make_uneven(Rhythm& rhythm, const BarGrid& grid, const RhythmManner& manner,
                 const Rng& whole) {
  constexpr Duration kSixteenth(kComposedPpq.ticks() / 4);
  const Rng own = whole.fork("uneven");
  for (std::size_t i = 2; i + 2 < rhythm.size(); ++i) {
    const Duration step = rhythm[i].at - rhythm[i - 1].at;
    const auto is_step = [&](std::size_t k) { return rhythm[k + 1].at - rhythm[k].at == step; };
    if (!is_step(i - 2) || !is_step(i) || !is_step(i + 1)) continue;
    Rng rng = own.fork(static_cast<std::uint64_t>(rhythm[i].at.ticks()));
    if (!rng.chance(manner.uneven)) continue;
    const Duration finest = manner.swings ? kSixteenth * 2 : kSixteenth;
    // A beat that gives way has the note before it held over it.
    const Duration at = rhythm[i].at % grid.bar();
    const bool is_held_over = grid.strength(at) > grid.strength(rhythm[i - 1].at % grid.bar());
    if (is_held_over && !rng.fork("held over").chance(manner.syncopation)) continue;
    const bool moves = rng.chance(0.5) && step / 2 >= finest;
    if (moves) rhythm[i].at = rhythm[i].at + (rng.chance(0.7) ? step / 2 : Duration() - step / 2);
    else rhythm.erase(rhythm.begin() + static_cast<std::ptrdiff_t>(i));
  }
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

/// What would be held over a stronger place begins there instead, but for some; it sounds there
/// once more where the note before it would be held over something else. Onsets count from `from`
/// in the bar.
void settle(std::vector<Duration>& onsets, Duration from, Duration end, const BarGrid& grid,
            const RhythmManner& manner, Rng& rng) {
  if (manner.syncopation >= 1) return;
  for (std::size_t i = 0; i < onsets.size(); ++i) {
    const Duration at = from + onsets[i];
    const Duration next = i + 1 < onsets.size() ? from + onsets[i + 1] : end;
    const auto stronger = grid.stronger_between(at, next);
    if (!stronger || rng.chance(manner.syncopation)) continue;
    const bool holds_back = i > 0 && grid.strength(from + onsets[i - 1]) <= grid.strength(at);
    if (holds_back)
      onsets.insert(onsets.begin() + static_cast<std::ptrdiff_t>(i) + 1, *stronger - from);
    else onsets[i] = *stronger - from;
  }
}

/// Onsets of one bar, from the unit's beginning, after a note that began at `before`.
std::vector<Duration> draw_bar(const BarGrid& grid, const RhythmManner& manner, int bar,
                               std::optional<Duration> before, Rng rng) {
  auto onsets = draw_onsets(grid, manner.onsets, manner.odds, rng);
  if (manner.triplets > 0) put_triplets(onsets, grid, manner, rng);
  if (manner.figures > 0) put_figures(onsets, grid, manner, rng);
  anticipate(onsets, grid, manner, rng);
  std::vector<Duration> kept;
  for (std::size_t i = 0; i < onsets.size(); ++i) {
    const bool first = bar == 0 && i == 0;
    if (first || !rng.chance(manner.rest)) kept.push_back(onsets[i]);
  }
  const bool is_bar_line_passed =
      before && *before % grid.bar() != Duration(0) && (kept.empty() || kept.front() > Duration(0));
  if (is_bar_line_passed && !rng.chance(manner.syncopation)) kept.insert(kept.begin(), Duration(0));
  settle(kept, Duration(), grid.bar(), grid, manner, rng);
  for (Duration& onset : kept) onset = onset + grid.bar() * bar;
  return kept;
}

/// The share of a bar's runs, with what stands before it, that are not the piece's own.
double foreign_share(const Vocabulary& vocabulary, std::span<const Duration> before,
                     std::span<const Duration> bar) {
  constexpr std::size_t kNotes = Vocabulary::kRun + 1;
  const std::size_t kept = std::min(before.size(), Vocabulary::kRun);
  std::vector<Duration> line(before.end() - static_cast<std::ptrdiff_t>(kept), before.end());
  line.insert(line.end(), bar.begin(), bar.end());
  if (line.size() < kNotes) return 0;
  const std::size_t runs = line.size() - Vocabulary::kRun;
  std::size_t foreign = 0;
  for (std::size_t i = 0; i < runs; ++i)
    foreign += vocabulary.keeps_rhythm(std::span<const Duration, kNotes>(&line[i], kNotes)) ? 0 : 1;
  return static_cast<double>(foreign) / static_cast<double>(runs);
}

/// Of a few rhythms the one that is most the piece's own; draw(i) gives the i-th.
template <class Draw>
std::vector<Duration> draw_own(const RhythmManner& manner, std::span<const Duration> before,
                               std::span<const Duration> after, Draw draw) {
  constexpr std::uint64_t kTries = 10;
  std::vector<Duration> best;
  double least = 2;
  for (std::uint64_t attempt = 0; attempt < kTries && least > 0; ++attempt) {
    std::vector<Duration> drawn = draw(attempt);
    if (manner.vocabulary == nullptr) return drawn;
    std::vector<Duration> line = drawn;
    line.insert(line.end(), after.begin(), after.end());
    const double foreign = foreign_share(*manner.vocabulary, before, line);
    if (foreign >= least) continue;
    least = foreign;
    best = std::move(drawn);
  }
  return best;
}

}  // namespace

FigureLeans draw_figure_leans(Rng rng) {
  FigureLeans leans{};
  for (double& lean : leans) lean = exact_exp2(4 * rng.uniform() - 2);
  return leans;
}

void hold_to_next(Rhythm& rhythm, Duration length, Duration longest) {
  for (std::size_t i = 0; i < rhythm.size(); ++i) {
    const Duration end = i + 1 < rhythm.size() ? rhythm[i + 1].at : length;
    rhythm[i].duration = std::min(end - rhythm[i].at, longest);
  }
}

Rhythm draw_rhythm(const BarGrid& grid, int bars, std::span<const Duration> before,
                   const RhythmManner& manner, Rng& caller) {
  // One number is taken whatever is drawn: a denser rhythm shifts nothing that the caller draws
  // later.
  const Rng whole(caller.next());
  std::vector<Duration> onsets(before.begin(), before.end());
  std::vector<Duration> drawn;  // of the newest bar
  for (int bar = 0; bar < bars; ++bar) {
    const Rng own = whole.fork(static_cast<std::uint64_t>(bar));
    if (bar == 0 || !own.fork("recurs").chance(manner.recurs))
      drawn = draw_own(manner, onsets, {}, [&](std::uint64_t attempt) {
        const auto last = onsets.empty() ? std::nullopt : std::optional(onsets.back());
        return draw_bar(grid, manner, bar, last, own.fork(attempt));
      });
    else
      for (Duration& onset : drawn) onset = onset + grid.bar();
    onsets.insert(onsets.end(), drawn.begin(), drawn.end());
  }
  Rhythm rhythm;
  rhythm.reserve(onsets.size() - before.size());
  for (const Duration at : std::span(onsets).subspan(before.size()))
    rhythm.push_back({at, Duration()});
  if (manner.uneven > 0) make_uneven(rhythm, grid, manner, whole);
  hold_to_next(rhythm, grid.bar() * bars, grid.bar());
  return rhythm;
}

std::vector<Duration> draw_figures(const BarGrid& grid, int first_beat, Duration length,
                                   const RhythmManner& manner, Rng rng) {
  std::vector<Duration> onsets;
  for (int beat = first_beat; beat < grid.beats(); ++beat) {
    const Duration begin = grid.beat_onset(beat) - grid.beat_onset(first_beat);
    if (begin >= length) break;
    append_figure(draw_figure(grid.beat_length(beat), manner, rng), begin, grid.beat_length(beat),
                  onsets);
  }
  std::erase_if(onsets, [&](Duration at) { return at >= length; });
  settle(onsets, grid.beat_onset(first_beat), grid.beat_onset(first_beat) + length, grid, manner,
         rng);
  return onsets;
}

std::vector<Duration> draw_strokes(const BarGrid& grid, const RhythmManner& manner, Rng& rng) {
  auto onsets = draw_onsets(grid, manner.onsets, manner.odds, rng);
  put_figures(onsets, grid, manner, rng);
  return onsets;
}

std::vector<Duration> draw_own_strokes(const BarGrid& grid, const RhythmManner& manner, int tries,
                                       Rng& rng) {
  std::vector<Duration> rarest;
  double least = 2;
  for (int attempt = 0; attempt < tries; ++attempt) {
    auto strokes = draw_strokes(grid, manner, rng);
    const double likely = likelihood(grid, manner.onsets, manner.odds, strokes);
    if (likely >= least) continue;
    least = likely;
    rarest = std::move(strokes);
  }
  return rarest;
}

std::vector<Duration> draw_lead_in(const BarGrid& grid, int first_beat, Duration length,
                                   std::span<const Duration> before, Duration after,
                                   const RhythmManner& manner, Rng& caller) {
  const Rng whole(caller.next());
  return draw_own(manner, before, std::span(&after, 1), [&](std::uint64_t attempt) {
    return draw_figures(grid, first_beat, length, manner, whole.fork(attempt));
  });
}

Rhythm augmented(const Rhythm& rhythm, Duration length) {
  Rhythm slow;
  for (const RhythmNote& note : rhythm)
    if (note.at * 2 < length)
      slow.push_back({note.at * 2, std::min(note.duration * 2, length - note.at * 2)});
  return slow;
}

}  // namespace toccata
