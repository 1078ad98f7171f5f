// SPDX-License-Identifier: MIT
// Units that only their neighbours tell, or that take a sign between two words.
#pragma once

#include "item.hpp"

namespace toccata::prompt {

/// "min" after a number, "112 beats/minute", "a couple of minutes", "1h 30m"; and "2D", which is
/// no unit. Numbers are put together before. Cost: O(items).
void settle_units(std::vector<Item>& items, const std::vector<Token>& tokens);

}  // namespace toccata::prompt
