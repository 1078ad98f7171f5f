// SPDX-License-Identifier: MIT
// Networks are trained by a program of their own, which alone is linked with LibTorch.
#pragma once

#include "failure.hpp"

namespace toccata::cli {

/// Whether a command line says `train ... --learner network`, or `train ... --from MODEL` and names
/// neither a learner nor a protocol.
bool asks_for_networks(int count, const char* const* words);

/// Becomes toccata-train with the same words: the one beside this program, or of the build folder
/// beside this one's. Comes back where there is none.
Outcome<void> become_trainer(int count, const char* const* words);

}  // namespace toccata::cli
