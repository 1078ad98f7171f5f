// SPDX-License-Identifier: MIT
// The order in which measures are played.
#pragma once

#include "musicxml/written.hpp"

namespace toccata::musicxml::detail {

/// Measures by index, in the order they are played.
///
/// - A repeat ends at the last open beginning, or after the last repeat, or at the first measure.
/// - Endings that follow one another belong to one repeat, whose passes are as many as their
///   highest number; each is played in the passes it names.
/// - Da capo and dal segno are taken once, after the repeats that end with them. From then on
///   repeats are passed over, last endings taken, and fine and to-coda are minded.
///
/// Errors: NoTarget (repaired: the jump is passed over); TooLong.
Read<std::vector<int>> played_order(const std::vector<WrittenBar>& bars, Reading& reading);

}  // namespace toccata::musicxml::detail
