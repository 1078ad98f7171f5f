// SPDX-License-Identifier: MIT
// The first bars of a score.
#pragma once

#include <toccata/score/score.hpp>

namespace toccata::cli {

/// As many whole bars from the first on as last up to `length` at the written tempo, at least one;
/// notes that are held longer end there. Events that only a file knows are left out. Cost: O(n).
Score opening_of(const Score& score, Seconds length);

}  // namespace toccata::cli
