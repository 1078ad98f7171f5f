// SPDX-License-Identifier: MIT
#include "arpeggio.hpp"

#include <algorithm>
#include <array>

namespace toccata {
namespace {

/// After so many steps patterns come round, and how often; 3, 6 and 12 go across the beats.
constexpr std::array<int, 6> kLengths{3, 4, 6, 8, 12, 16};
constexpr std::array<double, 6> kLengthWeights{1, 1, 3, 4, 2, 3};
/// How far a pattern climbs at once, and how often: a rung, two, three.
constexpr std::array<double, 3> kClimbs{5, 3, 1};
/// Two octaves of a triad.
constexpr int kHighestRung = 6;
constexpr double kTurns = 0.3, kHasRests = 0.5, kRests = 0.15, kShort = 0.4;

}  // namespace

Arpeggio Arpeggio::draw(PitchRange range, const Rng& rng) {
  Rng own = rng.fork("arpeggio");
  Arpeggio drawn;
  const int length = kLengths[own.weighted(kLengthWeights)];
  const double rests = own.chance(kHasRests) ? kRests : 0;
  int rung = 0, direction = 1, since_rest = 0;
  for (int i = 0; i < length; ++i) {
    // Its steps are heard as even: three at least between two rests.
    const bool is_rest = own.chance(rests) && i > 0 && (since_rest == 0 || i - since_rest > 3);
    if (is_rest) since_rest = i;
    drawn.rungs.push_back(is_rest ? std::nullopt : std::optional(rung));
    const int climb = 1 + static_cast<int>(own.weighted(kClimbs));
    if (own.chance(kTurns)) direction = -direction;
    if (rung + direction * climb < 0 || rung + direction * climb > kHighestRung)
      direction = -direction;
    rung = std::clamp(rung + direction * climb, 0, kHighestRung);
  }
  const int lowest = range.lowest.number();
  drawn.home =
      std::clamp(own.between(45, 55), lowest, std::max(lowest, range.highest.number() - 24));
  drawn.is_short = own.chance(kShort);
  drawn.quick_from = 0.4 + 0.4 * own.uniform();
  drawn.spread_from = 0.6 + 0.3 * own.uniform();
  return drawn;
}

Duration Arpeggio::step_at(const Settings& settings, double energy) const {
  const Duration beat = kComposedPpq.quarter();
  const double pace = energy + 0.8 * (settings.density - 0.5);
  const Duration step = pace < quick_from ? beat / 2 : beat / 4;
  return settings.note_lengths == NoteLengths::Long ? step * 2 : step;
}

std::vector<int> Arpeggio::ladder(const Chord& chord, double energy, PitchRange range) const {
  const int reach = energy < spread_from ? 12 : 24;
  std::vector<int> keys;
  for (int key = home; key <= range.highest.number(); ++key) {
    if (!chord.contains(PitchClass::folded(key))) continue;
    if (!keys.empty() && key > keys.front() + reach) break;
    keys.push_back(key);
  }
  return keys;
}

}  // namespace toccata
