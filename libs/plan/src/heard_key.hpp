// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <toccata/plan/settings.hpp>

namespace toccata::plan_detail {

/// The key in which the most tones of a progression lie; tonics that begin or end it and sevenths
/// that resolve weigh more.
/// Range: no bar is empty, and there is one.
Key heard_key(const std::vector<std::vector<Chord>>& bars);

}  // namespace toccata::plan_detail
