// SPDX-License-Identifier: MIT
#include "walk_figure.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace toccata {
namespace {

constexpr int kOctave = 7;  ///< steps
/// How often both bars of a figure have one rhythm.
constexpr double kOneRhythm = 0.4;

struct Weighed {
  int step;
  double weight;
};
/// Where a figure stands on strong beats, and where its second bar begins.
constexpr std::array<Weighed, 9> kPosts{
    {{-5, 0.6}, {-3, 2.5}, {-1, 1}, {0, 1.2}, {2, 2}, {4, 4}, {6, 1.5}, {7, 2.5}, {9, 0.6}}};
constexpr std::array<Weighed, 6> kTurningPoints{
    {{0, 3}, {7, 2}, {6, 1.5}, {4, 1.5}, {2, 1}, {-3, 0.7}}};
constexpr int kLowest = -5, kHighest = 9;

int draw_post(int before, Rng& rng) {
  std::array<double, kPosts.size()> weights{};
  for (std::size_t i = 0; i < kPosts.size(); ++i) {
    const int skip = std::abs(kPosts[i].step - before);
    weights[i] = kPosts[i].weight * (skip == 0 ? 0.5 : skip <= 4 ? 1 : skip <= kOctave ? 0.6 : 0.1);
  }
  return kPosts[rng.weighted(weights)].step;
}

/// The tone of a weak beat between two strong ones.
int draw_between(int before, int after, Rng& rng) {
  std::array<double, kHighest - kLowest + 1> weights{};
  const auto [low, high] = std::minmax(before, after);
  for (int step = kLowest; step <= kHighest; ++step) {
    const bool rests = !passes(step), leads = std::abs(after - step) == 1;
    double weight = 0;
    if (step == after) weight = 0.2;
    else if (step == before) weight = 0.7;
    else if (std::abs(step - before) == kOctave) weight = 0.8;
    else if (!rests) weight = leads && std::abs(step - before) <= 2 ? 1.5 : 0;
    else if (low < step && step < high) weight = 3;
    else if (leads && std::abs(step - before) <= 4) weight = 2;
    else if (std::abs(step - before) <= 4 && std::abs(step - after) <= 4) weight = 0.8;
    weights[static_cast<std::size_t>(step - kLowest)] = weight;
  }
  return kLowest + static_cast<int>(rng.weighted(weights));
}

}  // namespace

bool passes(int step) {
  const int degree = (step + kOctave) % kOctave;
  return degree == 1 || degree == 3;
}

WalkPath draw_walk_path(int beats, int first, int goal, Rng& rng) {
  WalkPath path{first};
  while (static_cast<int>(path.size()) < beats) {
    const int before = path.back();
    const bool closes = static_cast<int>(path.size()) + 1 >= beats;
    const int after = closes ? goal : draw_post(before, rng);
    path.push_back(draw_between(before, after, rng));
    if (!closes) path.push_back(after);
  }
  return path;
}

WalkPath settled_path(const BarGrid& grid, const WalkBar& bar) {
  WalkPath path = bar.path;
  for (std::size_t beat = 1; beat + 1 < path.size(); ++beat) {
    const Duration coming = grid.beat_onset(static_cast<int>(beat) + 1);
    const bool goes_on = std::ranges::any_of(
        bar.strokes, [&](const WalkStroke& stroke) { return stroke.at == coming; });
    if (passes(path[beat]) && !goes_on) --path[beat];
  }
  return path;
}

std::vector<WalkStroke> draw_walk_strokes(const BarGrid& grid, const RhythmManner& manner,
                                          int tries, Rng& rng) {
  constexpr std::array<double, 4> kTurns{4, 1.2, 1, 2};  // again, octave, root, leads
  std::vector<Duration> onsets = draw_own_strokes(grid, manner, tries, rng);
  if (onsets.empty() || onsets.front() > Duration(0)) onsets.insert(onsets.begin(), Duration(0));
  std::vector<WalkStroke> strokes;
  for (const Duration at : onsets) {
    bool is_beat = false;
    for (int beat = 0; beat < grid.beats(); ++beat) is_beat |= grid.beat_onset(beat) == at;
    strokes.push_back(
        {at, is_beat ? WalkTurn::Walks : static_cast<WalkTurn>(1 + rng.weighted(kTurns))});
  }
  return strokes;
}

std::array<WalkBar, 2> draw_walk_figure(const BarGrid& grid, const RhythmManner& manner, int tries,
                                        Rng rng) {
  std::array<double, kTurningPoints.size()> weights{};
  std::ranges::transform(kTurningPoints, weights.begin(), &Weighed::weight);
  const int turning = kTurningPoints[rng.weighted(weights)].step;
  std::array<WalkBar, 2> figure{};
  figure[0].path = draw_walk_path(grid.beats(), 0, turning, rng);
  figure[1].path = draw_walk_path(grid.beats(), turning, 0, rng);
  for (WalkBar& bar : figure) bar.strokes = draw_walk_strokes(grid, manner, tries, rng);
  if (rng.chance(kOneRhythm)) figure[1].strokes = figure[0].strokes;
  return figure;
}

}  // namespace toccata
