// SPDX-License-Identifier: MIT
// Many pieces of one call, on all cores, with the same bytes as on one.
#pragma once

#include <functional>

#include "failure.hpp"

namespace toccata::cli {

/// Runs job(0) ... job(count - 1), each once, on as many threads as there are cores. After a
/// failure no further job begins; the one with the lowest number is returned.
Outcome<void> run_all(std::size_t count, const std::function<Outcome<void>(std::size_t)>& job);

}  // namespace toccata::cli
