// SPDX-License-Identifier: MIT
// "only", "just", "que la basse": words before or behind what is left when all else is left out.
#pragma once

#include "reading.hpp"

namespace toccata::prompt {

/// Whether item i says that nobody but those named beside it plays.
bool leaves_others_out(const Reading& reading, int i);

}  // namespace toccata::prompt
