// SPDX-License-Identifier: MIT
// Options of the engine "walk", the plainest generator, kept for comparison.
#pragma once

#include "arguments.hpp"

#include <toccata/plan/walk.hpp>

namespace toccata::cli {

extern const std::span<const OptionSpec> kWalkOptions;

/// The walk options of a call. Errors: one out of its range, a malformed list or numeral.
Outcome<WalkAsk> walk_ask(const Arguments& arguments);

/// The first walk option of a call, or nothing.
std::optional<std::string_view> first_walk_option(const Arguments& arguments);

}  // namespace toccata::cli
