// SPDX-License-Identifier: MIT
// Two points in time have no sum; a point and a length have.
#include <toccata/timeline/tick.hpp>

using namespace toccata;

constexpr Tick kOnset(480);
#ifdef TOCCATA_MUST_FAIL
constexpr auto kSum = kOnset + kOnset;
#else
constexpr auto kSum = kOnset + Duration(240);
#endif
static_assert(kSum == Tick(720));
