// SPDX-License-Identifier: MIT
// How well a model foretells performances it has not seen.
#pragma once

#include <array>
#include <span>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/learn/expression_rows.hpp>

namespace toccata::learn {

/// Figures of one prediction over many performances.
struct ExpressionFigures {
  double r2 = 0;
  double mae = 0;
  double r2_within = 0;  ///< after each performance's mean is taken off both sides
  double r2_median_per_performance = 0;
  /// After the best straight line for each performance: the squared correlation within it, weighed
  /// by its spread, and the median. What has another loudness and range is not blamed for these.
  double r2_fitted = 0, r2_fitted_median = 0;
  std::array<double, 2> r2_fitted_ci95{};
  std::array<double, 2> ci95{};  ///< of r2: compositions drawn anew a thousand times
  std::size_t rows = 0;          ///< notes, beats or chords
  std::size_t performances = 0;
  std::size_t compositions = 0;
};

/// Range: a prediction a row, at least one row.
/// Source: Efron and Tibshirani 1993 (percentile bootstrap; compositions are what is independent).
ExpressionFigures figures_of(const HeardRows& rows, std::span<const double> predicted,
                             const Rng& rng);

}  // namespace toccata::learn
