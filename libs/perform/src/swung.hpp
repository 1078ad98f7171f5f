// SPDX-License-Identifier: MIT
// Swing of a whole score: one rule for all parts, so that they stay together.
#pragma once

#include <toccata/timeline/meter.hpp>

namespace toccata {

/// Where a written point is played. Quarters are swung from each beat on; beats that divide in
/// three (6/8, the last of 7/8) and positions on triplets stay.
Tick swung(Tick at, const MeterMap& meter, Swing swing);

}  // namespace toccata
