// SPDX-License-Identifier: MIT
#include "keyboard_pedal.hpp"

#include <algorithm>
#include <cmath>

#include "feel.hpp"

namespace toccata {
namespace {

constexpr auto kUp = ControlValue::literal(0), kDown = ControlValue::literal(127);
constexpr double kHeld = 0.5, kChanged = 0.5, kPressedAfter_ms = 90;

/// The chords at which the pedal is lifted and pressed anew. Every chord within kLiftReach of a
/// lift says that it changes, so that chords that say so one after the other for twice as long tell
/// of one lift, in their middle; or where one of them does not hold the pedal, of that.
std::vector<bool> lifts_of(const std::vector<bool>& holds, const std::vector<double>& change,
                           const std::vector<double>& seconds) {
  std::vector<bool> lifts(change.size());
  for (std::size_t first = 0; first < change.size(); ++first) {
    if (change[first] < kChanged) continue;
    std::size_t last = first;
    double count = 1;
    if (!holds[first]) --count;
    while (last + 1 < change.size() && change[last + 1] >= kChanged) {
      ++last;
      if (!holds[last] && holds[last - 1]) --count;
    }
    const double lasts = seconds[last] - seconds[first];
    count += std::floor(lasts / (2 * kLiftReach));
    std::size_t chord = first;
    for (double lift = 0.5; lift < count; ++lift) {
      const double at = seconds[first] + lasts * lift / count;
      while (chord < last && std::fabs(seconds[chord + 1] - at) <= std::fabs(seconds[chord] - at))
        ++chord;
      lifts[chord] = true;
    }
    first = last;
  }
  return lifts;
}

}  // namespace

void add_pedal(const PlayingOrder& order, const Part& part, const Expectation& expected,
               const std::vector<Duration>& later, const TempoMap& tempo,
               std::vector<ControlEvent>& controls) {
  const auto begins = [&](std::size_t chord) { return order.chords()[chord].onset + later[chord]; };
  std::vector<double> seconds;
  for (std::size_t i = 0; i < order.chords().size(); ++i)
    seconds.push_back(tempo.seconds_at(begins(i)).value());
  std::vector<bool> holds, lifts(order.chords().size());
  for (const double share : expected.pedal_down) holds.push_back(share >= kHeld);
  if (!expected.pedal_change.empty()) lifts = lifts_of(holds, expected.pedal_change, seconds);
  bool down = false;
  for (std::size_t i = 0; i < expected.pedal_down.size(); ++i) {
    const Tick at = begins(i);
    if (down && (!holds[i] || lifts[i])) {
      controls.push_back({part.id, at, kSustain, kUp});
      down = false;
    }
    if (!holds[i] || down) continue;
    Tick pressed =
        at + Duration(static_cast<std::int64_t>(ticks_of_ms(kPressedAfter_ms, tempo, at)));
    if (i + 1 < order.chords().size() && pressed >= begins(i + 1))
      pressed = at + (begins(i + 1) - at) / 2;
    if (pressed >= order.score().end) continue;
    controls.push_back({part.id, pressed, kSustain, kDown});
    down = true;
  }
  if (down) controls.push_back({part.id, order.score().end, kSustain, kUp});
}

}  // namespace toccata
