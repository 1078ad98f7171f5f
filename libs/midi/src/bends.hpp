// SPDX-License-Identifier: MIT
// Pitch bends: cents to the 14 bits of the message and back, glides step by step, RPN 0.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <toccata/score/score.hpp>

namespace toccata::midi {

inline constexpr int kUsualBendRange = 2;  ///< semitones up and down, where no RPN 0 says else
inline constexpr int kWidestBendRange = 48;
inline constexpr int kLowestBend = -8192, kHighestBend = 8191;

namespace controller {
inline constexpr std::uint8_t kBank = 0, kDataEntry = 6, kBankFine = 32, kDataEntryFine = 38,
                              kPedal = 64, kNrpnFine = 98, kNrpn = 99, kRpnFine = 100, kRpn = 101;
}  // namespace controller

/// Registered parameters that this library reads and sets.
namespace rpn {
inline constexpr std::uint8_t kBendRange = 0, kTuningProgram = 3, kMpeZone = 6, kNone = 127;
}  // namespace rpn

/// The nearest bend; what lies beyond the range stays at its end. Range: range_semitones over 0.
int to_bend(Cents cents, int range_semitones);
/// Units: range_cents is how far a full bend reaches.
Cents from_bend(int bend, double range_cents);
/// The narrowest usual range (2, 12, 24, 48 semitones) that reaches so far; none beyond 48.
std::optional<int> bend_range_for(Cents farthest);

/// Steps of a glide at most, so that each of them moves the bend when the glide spans as many.
inline constexpr int kMostGlideSteps = 24;

struct BendStep {
  Duration after;  ///< the note's onset
  int bend;
  friend bool operator==(const BendStep&, const BendStep&) = default;
};
/// How a glide is played: the bend at the onset, then up to 24 even steps, the last of them `to`
/// when `over` has passed. Range: over more than 0.
std::vector<BendStep> glide_steps(int from, int to, Duration over);

/// A controller message.
struct ControlMessage {
  std::uint8_t controller;
  std::uint8_t value;
};
/// Sets a registered parameter to `value` and closes it again.
std::vector<ControlMessage> set_rpn(std::uint8_t number, std::uint8_t value);

}  // namespace toccata::midi
