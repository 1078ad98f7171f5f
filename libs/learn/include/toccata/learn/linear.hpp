// SPDX-License-Identifier: MIT
// Least squares, with or without ridge regularisation.
#pragma once

#include <span>

#include <toccata/base/result.hpp>
#include <toccata/learn/fitting.hpp>
#include <toccata/learn/table.hpp>
#include <toccata/ml/linear_model.hpp>

namespace toccata::learn {

/// Means and deviations of the numbers that are there; a feature that never varies, or is missing
/// throughout, gets the deviation 1. Cost: O(rows * features).
ml::Scaler fit_scaler(const Table& table);

/// The linear model of scaled features that minimises squared errors plus `ridge` times the squared
/// coefficients; the intercept is free. Missing numbers count as the feature's mean. Where features
/// depend on each other and ridge is 0, the solution with the least coefficients is taken.
///
/// Range:  `ridge` 0 or more.
/// Errors: NoRows, Mismatch, NotFinite (a target or an infinite feature), Option.
/// Cost:   O(rows * features^2 + features^3), in double; memory for 1,024 rows at a time.
/// Source: Hoerl and Kennard 1970 (ridge); the normal equations are solved by complete orthogonal
///         decomposition.
Result<ml::LinearModel, FitError> fit_linear(const Table& table, std::span<const float> targets,
                                             double ridge = 0);

}  // namespace toccata::learn
