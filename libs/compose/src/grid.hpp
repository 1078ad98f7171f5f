// SPDX-License-Identifier: MIT
// The places of a bar where something may begin, and drawing rhythms upon them.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/plan/settings.hpp>

namespace toccata {

enum class PlaceKind : std::uint8_t { Bar, Middle, Beat, Offbeat, Fine };

struct Place {
  Duration at;  ///< from the bar line
  PlaceKind kind;
  int beat;           ///< felt beat, 0-based
  bool backbeat;      ///< the beat itself, where it is the second of a pair
  bool last_of_beat;  ///< the last offbeat of its beat: where a skip note falls
};

/// All places of a bar of this meter down to sixteenths, in order.
class BarGrid {
 public:
  explicit BarGrid(const Meter& meter);
  std::span<const Place> places() const { return places_; }
  Duration bar() const { return bar_; }
  Duration beat_length(int beat) const { return beat_lengths_[static_cast<std::size_t>(beat)]; }
  int beats() const { return static_cast<int>(beat_lengths_.size()); }
  Duration beat_onset(int beat) const { return beat_onsets_[static_cast<std::size_t>(beat)]; }
  /// The last place of the kind before a point of the bar, if there is one.
  const Place& nearest(Duration at) const;
  /// How strong a point of the bar is: 0 between the places, the most on the bar line.
  int strength(Duration at) const;
  /// The strongest place between two points of the bar, if it is stronger than the first of them;
  /// of several the earliest. The notes of a triplet pass none.
  std::optional<Duration> stronger_between(Duration from, Duration to) const;

 private:
  int strength(const Place& place) const;
  std::vector<Place> places_;
  std::vector<Duration> beat_onsets_, beat_lengths_;
  Duration bar_;
};

/// The chance of an onset at a place; `odds` multiplies its odds, so that 1 leaves it and no value
/// leaves [0, 1].
double onset_chance(const OnsetProfile& profile, PlaceKind kind, double odds);

/// Odds for a density: 1 at 0.5, a quarter at 0, four at 1.
double density_odds(double density);

/// The same of what accompanies: busier with the section's energy, as far as the genre lifts it,
/// and half as much by density.
double accompaniment_odds(const Settings& settings, double energy);

/// Onsets drawn for one bar, sorted; never empty unless the profile is 0 everywhere.
std::vector<Duration> draw_onsets(const BarGrid& grid, const OnsetProfile& profile, double odds,
                                  Rng& rng);

/// How likely a profile makes the onsets of a bar, which are sorted, at its places and between
/// them.
/// Range: (0, 1].
double likelihood(const BarGrid& grid, const OnsetProfile& profile, double odds,
                  std::span<const Duration> onsets);

}  // namespace toccata
