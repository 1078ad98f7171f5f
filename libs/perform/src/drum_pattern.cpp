// SPDX-License-Identifier: MIT
#include <toccata/perform/drum_pattern.hpp>

#include <algorithm>
#include <array>

namespace toccata {
namespace {

constexpr std::array<std::string_view, kDrums> kNames{
    "kick",     "snare",      "rim",       "cross_stick", "closed_hat", "open_hat", "pedal_hat",
    "high_tom", "middle_tom", "floor_tom", "crash",       "ride",       "ride_bell"};

constexpr std::array<std::string_view, 18> kStyles{
    "afrobeat", "highlife",   "afrocuban", "middleeastern", "latin", "jazz",
    "blues",    "neworleans", "soul",      "gospel",        "funk",  "hiphop",
    "dance",    "reggae",     "pop",       "country",       "rock",  "punk"};

}  // namespace

std::string_view name_of(Drum drum) { return kNames[static_cast<std::size_t>(drum)]; }

std::optional<Drum> find_drum(Pitch key) {
  switch (key.number()) {
    case 35:
    case 36: return Drum::Kick;
    case 38: return Drum::Snare;
    case 40: return Drum::Rim;
    case 37: return Drum::CrossStick;
    case 22:
    case 42: return Drum::ClosedHat;
    case 26:
    case 46: return Drum::OpenHat;
    case 44: return Drum::PedalHat;
    case 48:
    case 50: return Drum::HighTom;
    case 45:
    case 47: return Drum::MiddleTom;
    case 41:
    case 43:
    case 58: return Drum::FloorTom;
    case 49:
    case 52:
    case 55:
    case 57: return Drum::Crash;
    case 51:
    case 59: return Drum::Ride;
    case 53: return Drum::RideBell;
    default: return std::nullopt;
  }
}

std::optional<std::size_t> find_drum_style(std::string_view name) {
  const auto found = std::ranges::find(kStyles, name);
  if (found == kStyles.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kStyles.begin());
}

std::vector<std::string_view> drum_style_names() { return {kStyles.begin(), kStyles.end()}; }

}  // namespace toccata
