// SPDX-License-Identifier: MIT
// Whether music was played by someone already.
#pragma once

#include <optional>
#include <string>

#include <toccata/score/performance.hpp>

namespace toccata {

/// Why a score and how it came look like a recorded performance, in words; nothing where they look
/// like written music: onsets off every grid of notes down to 32nds and triplets of 32nds, or close
/// to one with the loudness of each note its own.
/// Cost: O(notes).
std::optional<std::string> find_performed(const Score& score, const Performance& performance);

}  // namespace toccata
