// SPDX-License-Identifier: MIT
// Lengths in real time: "1 min 30 s", "une minute et demie", "three quarters of an hour", "1:30".
#pragma once

#include "figures.hpp"
#include "reading.hpp"

namespace toccata::prompt {

/// The length that begins at item i. Units: seconds.
std::optional<Claim<double>> time_at(const Reading& reading, int i);
/// "quarter", "quarts": the fourth part of what follows.
bool is_quarter(const Reading& reading, int i);
/// The number at item i or the range that begins there. A length's range rises, and is no tempo's:
/// "at 90 - 120 bars" has two numbers.
FigureRange length_at(const Reading& reading, int i);

}  // namespace toccata::prompt
