// SPDX-License-Identifier: MIT
// What playing by rule foretells of real performances, to be set beside what models do.
#pragma once

#include <span>
#include <vector>

#include <toccata/learn/foretold.hpp>

namespace toccata::cli {

/// Velocities of all notes of all performances, and those that `curve` plays: the mean of eight
/// performances of its, as the chance in one foretells nothing.
learn::Foretold curve_rows(std::span<const learn::PreparedPiece* const> pieces);

}  // namespace toccata::cli
