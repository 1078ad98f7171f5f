// SPDX-License-Identifier: MIT
// A run of networks, one after the other, that can be broken off and gone on with at any moment.
#pragma once

#include "arguments.hpp"

namespace toccata::cli {

/// `train expression --learner network`. Errors: options, data, a damaged folder, the device.
Outcome<void> train_networks(const Arguments& arguments);

}  // namespace toccata::cli
