// SPDX-License-Identifier: MIT
// What every fit asks of its input.
#pragma once

#include <span>

#include <toccata/base/result.hpp>
#include <toccata/learn/fitting.hpp>

namespace toccata::learn {

Result<void, FitError> check_targets(std::span<const float> targets, std::size_t rows);
/// Range: finite limits. The error names the option: "depth 0 is not in 1..64".
Result<void, FitError> check_option(const char* name, double value, double lowest, double highest);

}  // namespace toccata::learn
