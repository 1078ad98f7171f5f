// SPDX-License-Identifier: MIT
// Whether music was played by someone already.
#pragma once

#include <optional>
#include <string>

#include <toccata/score/performance.hpp>

namespace toccata {

/// Why a score and how it came look like a recorded performance, in words; nothing where they look
/// like written music. Recorded: over a tenth of the onsets lie off the grids of notes down to
/// 32nds and triplets of 32nds, and either all over the quarter, or each note has a loudness of its
/// own even among those that begin together. docs/expression.md has what was counted.
/// Cost: O(notes log notes).
std::optional<std::string> find_performed(const Score& score, const Performance& performance);

}  // namespace toccata
