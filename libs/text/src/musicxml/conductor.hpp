// SPDX-License-Identifier: MIT
// Tempo, meter, keys, labels and chords of the measures as played.
#pragma once

#include "musicxml/grid.hpp"

namespace toccata::musicxml::detail {

void conduct(const WrittenScore& written, const Grid& grid, Score& score);

}  // namespace toccata::musicxml::detail
