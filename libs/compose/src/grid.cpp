// SPDX-License-Identifier: MIT
#include "grid.hpp"

#include <algorithm>
#include <array>

#include <toccata/base/elementary.hpp>

namespace toccata {

BarGrid::BarGrid(const Meter& meter) : bar_(meter.bar(kComposedPpq)) {
  constexpr Duration kSixteenth(kComposedPpq.ticks() / 4);
  const Duration pulse = meter.pulse(kComposedPpq);
  beat_onsets_ = meter.beat_onsets(kComposedPpq);
  const auto groups = meter.beats();
  const bool even = groups.size() % 2 == 0;
  const std::size_t middle = even ? groups.size() / 2 : groups.size() - 1;
  for (std::size_t beat = 0; beat < groups.size(); ++beat) {
    const Duration onset = beat_onsets_[beat];
    const Duration length = pulse * groups[beat];
    beat_lengths_.push_back(length);
    const auto index = static_cast<int>(beat);
    const PlaceKind kind = beat == 0                             ? PlaceKind::Bar
                           : beat == middle && groups.size() > 1 ? PlaceKind::Middle
                                                                 : PlaceKind::Beat;
    // In three the second and third beat answer the first; else every second beat does.
    const bool backbeat = groups.size() == 3 ? beat > 0 : beat % 2 == 1;
    // A beat of one pulse is halved; one of several has its pulses as offbeats.
    const Duration off = groups[beat] == 1 ? pulse / 2 : pulse;
    for (Duration at; at < length; at += std::max(kSixteenth, off / 2)) {
      const bool is_off = at % off == Duration(0);
      places_.push_back({onset + at,
                         at == Duration(0) ? kind
                         : is_off          ? PlaceKind::Offbeat
                                           : PlaceKind::Fine,
                         index, backbeat && at == Duration(0), is_off && at + off >= length});
    }
  }
}

const Place& BarGrid::nearest(Duration at) const {
  const auto after = std::upper_bound(places_.begin() + 1, places_.end(), at,
                                      [](Duration d, const Place& place) { return d < place.at; });
  return *(after - 1);
}

int BarGrid::strength(const Place& place) const {
  switch (place.kind) {
    case PlaceKind::Bar: return 5;
    // In three the third beat is no stronger than the second.
    case PlaceKind::Middle: return beats() % 2 == 0 ? 4 : 3;
    case PlaceKind::Beat: return 3;
    case PlaceKind::Offbeat: return 2;
    case PlaceKind::Fine: return 1;
  }
  return 0;
}

int BarGrid::strength(Duration at) const {
  const Place& place = nearest(at);
  return place.at == at ? strength(place) : 0;
}

std::optional<Duration> BarGrid::stronger_between(Duration from, Duration to) const {
  int most = strength(from);
  std::optional<Duration> found;
  if (most == 0 && to - from <= kComposedPpq.quarter() / 3) return found;
  for (const Place& place : places_) {
    if (place.at >= to) break;
    if (place.at <= from || strength(place) <= most) continue;
    most = strength(place);
    found = place.at;
  }
  return found;
}

double onset_chance(const OnsetProfile& profile, PlaceKind kind, double odds) {
  double chance = 0;
  switch (kind) {
    case PlaceKind::Bar: chance = profile.bar; break;
    case PlaceKind::Middle: chance = profile.middle; break;
    case PlaceKind::Beat: chance = profile.beat; break;
    case PlaceKind::Offbeat: chance = profile.offbeat; break;
    case PlaceKind::Fine: chance = profile.fine; break;
  }
  return chance * odds / (1 - chance + chance * odds);
}

double density_odds(double density) { return exact_exp2(4 * (density - 0.5)); }

double accompaniment_odds(const Settings& settings, double energy) {
  const double lifted = exact_exp2(settings.genre.lift * (energy - 0.5));
  return (0.6 + 0.8 * energy) * lifted * density_odds(0.25 + settings.density / 2);
}

std::vector<Duration> draw_onsets(const BarGrid& grid, const OnsetProfile& profile, double odds,
                                  Rng& rng) {
  std::vector<Duration> onsets;
  onsets.reserve(grid.places().size());
  for (const Place& place : grid.places())
    if (rng.chance(onset_chance(profile, place.kind, odds))) onsets.push_back(place.at);
  if (onsets.empty() && profile.bar > 0) onsets.push_back(Duration(0));
  return onsets;
}

double likelihood(const BarGrid& grid, const OnsetProfile& profile, double odds,
                  std::span<const Duration> onsets) {
  constexpr double kUnlikely = 0.05;  // of what the profile never does, as figures may
  std::array<double, 5> chances{};
  for (const PlaceKind kind :
       {PlaceKind::Bar, PlaceKind::Middle, PlaceKind::Beat, PlaceKind::Offbeat, PlaceKind::Fine})
    chances[static_cast<std::size_t>(kind)] = onset_chance(profile, kind, odds);
  double likely = 1;
  auto onset = onsets.begin();
  for (const Place& place : grid.places()) {
    for (; onset != onsets.end() && *onset < place.at; ++onset) likely *= kUnlikely;
    const bool is_struck = onset != onsets.end() && *onset == place.at;
    const double chance = chances[static_cast<std::size_t>(place.kind)];
    likely *= std::max(kUnlikely, is_struck ? chance : 1 - chance);
    if (is_struck) ++onset;
  }
  for (; onset != onsets.end(); ++onset) likely *= kUnlikely;
  return likely;
}

}  // namespace toccata
