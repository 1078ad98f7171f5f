// SPDX-License-Identifier: MIT
// How well a drummer that was learned foretells takes it has not heard.
#pragma once

#include <array>
#include <span>

#include <toccata/learn/drum_fit.hpp>
#include <toccata/learn/expression_figures.hpp>

namespace toccata::learn {

/// A model and the means it has to beat, on the same strokes.
struct DrumFigures {
  ExpressionFigures model, means;
  double gain = 0;                    ///< R2 of the model less that of the means
  std::array<double, 2> gain_ci95{};  ///< takes drawn anew a thousand times
};
/// Range: at least one take. Source: Efron and Tibshirani 1993 (paired percentile bootstrap).
DrumFigures drum_figures(const DrumModel& model, std::span<const DrumTake* const> takes,
                         DrumTarget target, const Rng& rng);

/// How far one series of loudness goes along with another, whatever its scale.
struct Agreement {
  double r2_linear = 0;           ///< after the best straight line over all strokes
  double correlation_within = 0;  ///< after each take's mean is taken off both
};
/// Range: a prediction a row, at least one row.
Agreement agreement(const HeardRows& rows, std::span<const double> predicted);

/// A pattern as a score: one kit, on General MIDI's keys, with the hit's number as the note's.
Score score_of(const DrumPattern& pattern);

}  // namespace toccata::learn
