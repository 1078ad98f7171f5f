// SPDX-License-Identifier: MIT
// What the engine "walk" makes of a brief, and what it refuses by name.
#pragma once

#include <toccata/plan/settings.hpp>

namespace toccata::plan_detail {

/// Errors: wishes that the walk has no means for (form, density, note lengths, drums, a maqam,
/// parts beside melody, chords and bass), or options of the walk for another engine.
Result<void, std::string> check_walk(const Brief& brief, const std::string& engine);

/// Bars that so many quarters need.
int bars_for_quarters(int quarters, const Meter& meter);

/// Fills settings.walk and settings.chords and keeps the seats the walk can play; bars, meter, key
/// and seats are settled.
/// Errors: options that have no effect on the parts written, or contradict the length.
Result<void, std::string> settle_walk(const Brief& brief, Settings& settings);

/// The options in force, as far as they concern the parts that are written.
WalkAsk to_ask(const Settings& settings);

}  // namespace toccata::plan_detail
