// SPDX-License-Identifier: MIT
// What a model is put together from, chosen by the pieces that it is validated on.
#pragma once

#include <span>
#include <string>

#include <toccata/learn/expression_fit.hpp>
#include <toccata/learn/prepared.hpp>
#include <toccata/ml/weights.hpp>

#include "failure.hpp"
#include "run_folder.hpp"

namespace toccata::cli {

/// A score that was made from a performance says nothing of how loud that is as a whole.
learn::Level level_of(const learn::PreparedSet& set);

/// Where plain boosting foretells the validation pieces better than what was made for it, the model
/// takes it. Logs each choice.
Outcome<void> choose_trees(RunFolder& folder, const learn::PreparedSet& set,
                           std::span<const learn::ExpressionTask> tasks, ExpressionModel& model);

/// The networks of a file, a byte a weight: what ships, so figures are of it.
Outcome<ml::Weights> read_networks(const std::string& file);

/// Takes in networks, and of each expectation the share that serves the validation pieces best.
/// Logs each share.
Outcome<void> mix_in_networks(RunFolder& folder, const learn::PreparedSet& set,
                              std::span<const learn::ExpressionTask> tasks,
                              const ml::Weights& networks, ExpressionModel& model);

/// How players differ from what is expected, on pieces that nothing was learned from.
void measure_spreads(const learn::PreparedSet& set, ExpressionModel& model);

}  // namespace toccata::cli
