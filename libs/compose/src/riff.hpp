// SPDX-License-Identifier: MIT
// The rhythm that a rock band's guitar and bass share.
#pragma once

#include <vector>

#include <toccata/plan/plan.hpp>

#include "grid.hpp"

namespace toccata {

/// Whether guitar and bass play riffs together.
inline bool has_riffs(const Settings& settings) {
  return settings.genre.chords.idiom == ChordsIdiom::Power;
}

/// A section's riff, the same for whoever asks: sections of one material have one.
std::vector<Duration> draw_riff(const BarGrid& grid, const Settings& settings,
                                const SectionPlan& section);

}  // namespace toccata
