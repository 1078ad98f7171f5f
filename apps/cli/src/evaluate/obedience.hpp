// SPDX-License-Identifier: MIT
// Asked for against obtained: random briefs in two languages, counted control by control.
#pragma once

#include "report.hpp"

namespace toccata::cli {

/// Asks for `count` pieces and counts what their files hold. The same seed gives the same report.
/// Cost: a few milliseconds a piece and core.
Outcome<Report> evaluate_obedience(std::size_t count, std::uint64_t seed);

}  // namespace toccata::cli
