// SPDX-License-Identifier: MIT
#include "bar_memory.hpp"

#include <algorithm>
#include <cstdlib>

#include <toccata/base/elementary.hpp>

namespace toccata {
namespace {

template <std::size_t N>
double overlap(const std::array<double, N>& a, const std::array<double, N>& b) {
  double shared = 0;
  for (std::size_t i = 0; i < N; ++i) shared += std::min(a[i], b[i]);
  return shared;
}

template <std::size_t N>
void normalise(std::array<double, N>& shares) {
  double total = 0;
  for (const double share : shares) total += share;
  if (total > 0)
    for (double& share : shares) share /= total;
}

}  // namespace

double likeness(const BarPicture& a, const BarPicture& b) {
  if (a.notes == 0 || b.notes == 0) return a.notes == b.notes ? 0.5 : 0.0;
  const double fewer = std::min(a.notes, b.notes), more = std::max(a.notes, b.notes);
  const double rhythm = overlap(a.onsets, b.onsets) * (0.5 + 0.5 * fewer / more);
  return 0.5 * rhythm + 0.5 * overlap(a.pitch_classes, b.pitch_classes);
}

BarMemory::BarMemory(const Score& score, const Region& region) {
  const int count = std::max(score.bar_count(), 1);
  whole_.resize(static_cast<std::size_t>(count));
  in_region_.resize(whole_.size());
  parts_.assign(score.parts.size(), whole_);
  for (int bar = 0; bar < count; ++bar)
    lengths_.push_back(score.meter.end_of(Bar(bar)) - score.meter.onset_of(Bar(bar)));
  for (const Cell& cell : region.cells)
    for (int bar = std::max(0, cell.first.index()); bar < std::min(count, cell.end.index()); ++bar)
      in_region_[static_cast<std::size_t>(bar)] = true;
  for (std::size_t p = 0; p < score.parts.size(); ++p)
    for (const Note& note : score.parts[p].notes) {
      const Bar bar = score.meter.bar_at(note.onset);
      if (bar.index() < 0 || bar.index() >= count || region.contains(score.parts[p].id, bar))
        continue;
      const auto b = static_cast<std::size_t>(bar.index());
      const Duration into = note.onset - score.meter.onset_of(bar);
      const auto slot = static_cast<std::size_t>(into.ticks() * 16 /
                                                 std::max<std::int64_t>(1, lengths_[b].ticks()));
      for (BarPicture* picture : {&whole_[b], &parts_[p][b]}) {
        picture->onsets[std::min<std::size_t>(slot, 15)] += 1;
        ++picture->notes;
        if (!score.parts[p].instrument.is_drums)
          picture->pitch_classes[static_cast<std::size_t>(note.pitch.pitch_class().number())] +=
              static_cast<double>(note.duration.ticks());
      }
    }
  for (auto* pictures : {&whole_})
    for (BarPicture& picture : *pictures)
      normalise(picture.onsets), normalise(picture.pitch_classes);
  for (auto& pictures : parts_)
    for (BarPicture& picture : pictures)
      normalise(picture.onsets), normalise(picture.pitch_classes);
}

bool BarMemory::knows(std::size_t part) const {
  return std::ranges::any_of(parts_[part],
                             [](const BarPicture& picture) { return picture.notes > 0; });
}

const BarPicture& BarMemory::picture(std::optional<std::size_t> part, int bar) const {
  const auto b = static_cast<std::size_t>(bar);
  return part ? parts_[*part][b] : whole_[b];
}

bool BarMemory::may_be_source(std::optional<std::size_t> part, int source) const {
  // All parts are recalled together only from bars that none of them misses.
  const bool whole = part || !in_region_[static_cast<std::size_t>(source)];
  return whole && picture(part, source).notes > 0;
}

std::vector<int> BarMemory::sources_near(std::optional<std::size_t> part, int first,
                                         int end) const {
  constexpr int kReach = 512;  // farther back nobody remembers, and time would grow with the square
  std::vector<int> sources;
  for (int bar = std::max(0, first - kReach); bar < std::min(bars(), end + kReach); ++bar)
    if (may_be_source(part, bar)) sources.push_back(bar);
  return sources;
}

double BarMemory::surroundings(std::optional<std::size_t> part, int target, int source,
                               const std::vector<std::optional<int>>& so_far, int first) const {
  double weight = 0.05;
  // What else sounds in the bar to be written (the part itself is missing there).
  if (part && whole_[static_cast<std::size_t>(target)].notes > 0)
    weight += 2.5 * likeness(whole_[static_cast<std::size_t>(target)],
                             whole_[static_cast<std::size_t>(source)]);
  // The bars before: as written, or as already recalled.
  double decay = 1.0;
  for (int back = 1; back <= 4 && target - back >= 0 && source - back >= 0; ++back, decay *= 0.6) {
    int before = target - back;
    if (before >= first) {
      const auto& recalled = so_far[static_cast<std::size_t>(before - first)];
      if (!recalled) continue;
      before = *recalled;
    }
    weight += decay * likeness(picture(part, before), picture(part, source - back));
  }
  if ((target - source) % 4 == 0) weight *= 1.25;  // the same place of the phrase
  // Keys change as a piece goes on: what is near is more likely in this one.
  constexpr double kNear = 0.8, kHalved = 8;  // bars
  weight *= 1 + kNear * exact_exp2(-std::abs(target - source) / kHalved);
  return weight;
}

std::vector<std::optional<int>> BarMemory::recall(std::optional<std::size_t> part, int first,
                                                  int end, Rng& rng) const {
  const std::vector<int> candidates = sources_near(part, first, end);
  std::vector<std::optional<int>> sources;
  std::vector<int> used(candidates.size());
  std::vector<double> weights(candidates.size());
  for (int target = first; target < end; ++target) {
    const Duration length = lengths_[static_cast<std::size_t>(target)];
    const auto fits = [&](int source) {
      return lengths_[static_cast<std::size_t>(source)] == length;
    };
    // A bar of another length is cut or left short, which is better than silence.
    const bool any_fits = std::ranges::any_of(candidates, fits);
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      const int source = candidates[i];
      double weight =
          any_fits && !fits(source) ? 0 : surroundings(part, target, source, sources, first);
      weight *= weight * weight;
      weight *= weight;  // to the sixth: resemblance decides, chance chooses among equals
      const bool follows = !sources.empty() && sources.back() && *sources.back() + 1 == source;
      weights[i] = weight * (follows ? 3.0 : 1.0) / (1 + used[i]);
    }
    if (candidates.empty()) {
      sources.push_back(std::nullopt);
      continue;
    }
    const std::size_t drawn = rng.weighted(weights);
    sources.push_back(candidates[drawn]);
    ++used[drawn];
  }
  return sources;
}

}  // namespace toccata
