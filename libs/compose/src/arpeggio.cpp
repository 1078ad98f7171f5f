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
/// Patterns of fewer steps have no rests, others no two within four steps.
constexpr int kFewestWithRests = 8, kRestsApart = 4;
/// Where the ladder may stand.
constexpr int kLowestHome = 45, kHighestHome = 55;
/// The energies from which it goes in sixteenths, and over two octaves.
constexpr double kQuickFrom = 0.4, kQuickRange = 0.4, kSpreadFrom = 0.6, kSpreadRange = 0.3;
/// How much of an energy the whole range of density is worth.
constexpr double kPaceOfDensity = 0.8;

}  // namespace

Arpeggio Arpeggio::draw(PitchRange range, const Rng& rng) {
  Rng own = rng.fork("arpeggio");
  Arpeggio drawn;
  const int length = kLengths[own.weighted(kLengthWeights)];
  const double rests = own.chance(kHasRests) && length >= kFewestWithRests ? kRests : 0;
  int rung = 0, direction = 1, last_rest = 0;
  for (int i = 0; i < length; ++i) {
    // Its steps are heard as even, also where the pattern comes round: its first one is no rest.
    const bool is_rest =
        own.chance(rests) && i > 0 && (last_rest == 0 || i - last_rest >= kRestsApart);
    if (is_rest) last_rest = i;
    drawn.rungs.push_back(is_rest ? std::nullopt : std::optional(rung));
    const int climb = 1 + static_cast<int>(own.weighted(kClimbs));
    if (own.chance(kTurns)) direction = -direction;
    if (rung + direction * climb < 0 || rung + direction * climb > kHighestRung)
      direction = -direction;
    rung = std::clamp(rung + direction * climb, 0, kHighestRung);
  }
  const int lowest = range.lowest.number();
  drawn.home = std::clamp(own.between(kLowestHome, kHighestHome), lowest,
                          std::max(lowest, range.highest.number() - 24));
  drawn.is_short = own.chance(kShort);
  drawn.quick_from = kQuickFrom + kQuickRange * own.uniform();
  drawn.spread_from = kSpreadFrom + kSpreadRange * own.uniform();
  return drawn;
}

Duration Arpeggio::step_at(const Settings& settings, double energy) const {
  const Duration quarter = kComposedPpq.quarter();
  const double pace = energy + kPaceOfDensity * (settings.density - 0.5);
  const Duration step = pace < quick_from ? quarter / 2 : quarter / 4;
  return settings.note_lengths == NoteLengths::Long ? step * 2 : step;
}

int Arpeggio::key_at(int rung, std::span<const int> ladder) {
  const auto count = static_cast<int>(ladder.size());
  // A ladder that ends on the octave of its first key goes on from there.
  const bool is_closed = count > 1 && (ladder.back() - ladder.front()) % 12 == 0;
  const int round = is_closed ? count - 1 : count;
  return ladder[static_cast<std::size_t>(rung < count ? rung : rung % round)];
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
