// SPDX-License-Identifier: MIT
// Writes missing bars of a given score from what its other bars are like.
#pragma once

#include <memory>

#include <toccata/compose/composer.hpp>

namespace toccata {

/// A take for a score that already holds music. Each part's bars are recalled from bars that
/// resemble their surroundings, moved to the harmony that reigns where they are written, and varied
/// a little.
std::unique_ptr<Take> begin_recall(const Task& task, const Rng& rng);

/// The settings and the plan that a user's own score implies: its key, meter, tempo and chords.
Settings implied_settings(const Score& score, const Region& region, std::uint64_t seed);
Plan implied_plan(const Score& score, const Region& region, const Settings& settings);

}  // namespace toccata
