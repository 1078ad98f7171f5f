// SPDX-License-Identifier: MIT
#include "hand.hpp"

#include <algorithm>
#include <cmath>

#include <toccata/base/elementary.hpp>

namespace toccata {

namespace {

double lean_by(double chance, Rng& own) {
  const double odds = exact_exp2(2 * own.uniform() - 1);
  return chance * odds / (1 - chance + chance * odds);
}

}  // namespace

double leaned(double chance, const Rng& rng) {
  Rng own = rng.fork("lean");
  return lean_by(chance, own);
}

OnsetProfile leaned(const OnsetProfile& profile, const Rng& rng) {
  Rng own = rng.fork("lean");
  const auto lean = [&](double chance) { return lean_by(chance, own); };
  return {lean(profile.bar), lean(profile.middle), lean(profile.beat), lean(profile.offbeat),
          lean(profile.fine)};
}

Rng draws_of_bar(const Rng& section, int bar, double loops) {
  Rng own = section.fork(static_cast<std::uint64_t>(bar));
  return own.chance(loops) ? section.fork("loop").fork(static_cast<std::uint64_t>(bar % kLoopBars))
                           : own;
}

Duration shortened(Duration duration) {
  constexpr Duration kThirtySecond(kComposedPpq.ticks() / 8);
  return std::min(duration, std::max(duration / 2, kThirtySecond));
}

int tries_for(double own) {
  constexpr double kMore = 2;
  return 1 + static_cast<int>(std::lround(kMore * own));
}

Touch Touch::draw(double most, const Rng& rng) {
  Rng own = rng.fork("touch");
  return {most * own.uniform()};
}

Held Touch::held(Duration full, Rng& rng) const {
  if (!rng.chance(detached)) return {full};
  if (full <= kComposedPpq.quarter()) return {full, true};
  return {full / 2};
}

}  // namespace toccata
