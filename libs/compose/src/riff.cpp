// SPDX-License-Identifier: MIT
#include "riff.hpp"

#include "hand.hpp"
#include "rhythm.hpp"

namespace toccata {

std::vector<Duration> draw_riff(const BarGrid& grid, const Settings& settings,
                                const SectionPlan& section) {
  const Rng band = Rng(settings.seed).fork("riff");
  RhythmManner manner;
  manner.onsets = leaned(settings.genre.chords.onsets, band);
  manner.odds = accompaniment_odds(settings, section.energy);
  manner.figures = settings.genre.chords.figures;
  manner.swings = settings.genre.swing_percent > 50;
  manner.leans = draw_figure_leans(band.fork("figures"));
  Rng rng = band.fork(section.material);
  return draw_own_strokes(grid, manner, tries_for(settings.genre.chords.own), rng);
}

}  // namespace toccata
