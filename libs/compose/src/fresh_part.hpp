// SPDX-License-Identifier: MIT
// A part written by rule for a score that has no example of it.
#pragma once

#include <vector>

#include <toccata/compose/composer.hpp>

namespace toccata {

/// Notes for a cell of a part that is empty everywhere else, in the manner of its role.
std::vector<Note> write_fresh_part(const Task& task, const Cell& cell, Rng& rng);

}  // namespace toccata
