// SPDX-License-Identifier: MIT
// How two learners of the same are mixed.
#pragma once

#include <toccata/learn/foretold.hpp>

namespace toccata::learn {

/// The share of `other` in a mixture with `one`, [0, 1]: the one that is nearest to what was heard,
/// drawn towards a half as far as the compositions do not agree on it.
///
/// A few compositions say little of a share, and an equal mean is hard to beat; so what the rows
/// say is weighed against a normal prior of 0.5 with a deviation of 0.25, by its error from leaving
/// out one composition after the other. A half of one composition; 0 where the two foretell the
/// same.
/// Range: the same rows, of both as many predictions. Cost: O(rows).
/// Source: Stock and Watson 2004, Combination forecasts of output growth (equal means); Efron 1982,
///         The jackknife, the bootstrap and other resampling plans.
double mixing_share(const Foretold& one, const Foretold& other);

}  // namespace toccata::learn
