// SPDX-License-Identifier: MIT
// Options of the engine "walk", the plainest generator, kept for comparison.
#pragma once

#include "arguments.hpp"

#include <toccata/plan/settings.hpp>

namespace toccata::cli {

extern const std::span<const OptionSpec> kWalkOptions;

/// The options of a call, the defaults for those not given. Errors: one out of its range; steps and
/// probabilities of different number; probabilities that do not sum to 1; another engine.
Outcome<WalkOptions> walk_options(const Arguments& arguments);

}  // namespace toccata::cli
