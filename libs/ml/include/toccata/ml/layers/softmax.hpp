// SPDX-License-Identifier: MIT
// Numbers turned into probabilities.
#pragma once

#include <span>

namespace toccata::ml {

/// Replaces each x by e^x / (the sum of all e^x). Range: not empty, finite.
/// Cost: O(n). Realtime: safe.
void softmax(std::span<float> x);

}  // namespace toccata::ml
