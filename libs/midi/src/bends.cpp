// SPDX-License-Identifier: MIT
#include "bends.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace toccata::midi {
namespace {

constexpr double kBendsUpwards = 8192;

}  // namespace

int to_bend(Cents cents, int range_semitones) {
  const double bend = std::floor(cents.value() * kBendsUpwards / (100.0 * range_semitones) + 0.5);
  return static_cast<int>(std::clamp<double>(bend, kLowestBend, kHighestBend));
}

Cents from_bend(int bend, double range_cents) {
  return Cents(static_cast<double>(bend) * range_cents / kBendsUpwards);
}

std::optional<int> bend_range_for(Cents farthest) {
  for (int range : {kUsualBendRange, 12, 24, kWidestBendRange})
    if (std::fabs(farthest.value()) <= 100.0 * range) return range;
  return std::nullopt;
}

std::vector<BendStep> glide_steps(int from, int to, Duration over) {
  std::vector<BendStep> steps{{Duration(0), from}};
  const std::int64_t count = std::min<std::int64_t>(kMostGlideSteps, over.ticks());
  for (std::int64_t i = 1; i <= count; ++i)
    steps.push_back({Duration(over.ticks() * i / count),
                     static_cast<int>(Rational((to - from) * i, count).nearest()) + from});
  return steps;
}

std::vector<ControlMessage> set_rpn(std::uint8_t number, std::uint8_t value) {
  return {{controller::kRpn, 0},           {controller::kRpnFine, number},
          {controller::kDataEntry, value}, {controller::kDataEntryFine, 0},
          {controller::kRpn, rpn::kNone},  {controller::kRpnFine, rpn::kNone}};
}

}  // namespace toccata::midi
