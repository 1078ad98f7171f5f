// SPDX-License-Identifier: MIT
// Networks whose players were told less of the past than this version tells.
#pragma once

#include <toccata/learn/network_task.hpp>
#include <toccata/ml/weights.hpp>
#include <toccata/train_torch/device.hpp>

namespace toccata::train_torch {

/// Whether a network's players are all in a file, and what they were told is known to this version:
/// what can be refused before any data is read. Errors: players that are missing or hear through
/// another reader; what this version does not tell, or in another order.
Result<void, TrainError> check_players(const ml::Weights& weights, const learn::NetworkTask& task);

/// The network `task` of `weights`, its players told all that this version tells them: what they
/// were not told ("player.TARGET.INPUTS.past" in the metadata names what they were) is standardised
/// as in `fresh`, a network of the same shape that has learned nothing, and weighs nothing. A
/// player whose past is not named is taken as it is.
/// Errors: what this version does not tell, or in another order; tensors that are missing or have
/// other shapes.
Result<ml::Weights, TrainError> with_whole_past(const ml::Weights& weights,
                                                const ml::Weights& fresh,
                                                const learn::NetworkTask& task);

}  // namespace toccata::train_torch
