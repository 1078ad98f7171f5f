// SPDX-License-Identifier: MIT
// What a player of the genre adds to a plain line: approaches, graces, turns, bends, blue notes.
#pragma once

#include <vector>

#include <toccata/plan/plan.hpp>

#include "lattice.hpp"

namespace toccata {

/// Decorates a line in place. Notes keep their onsets and order; graces take their time from the
/// note they belong to. What stands at the same place of a section, with the same generator, is
/// decorated alike.
void decorate(std::vector<Note>& notes, const Settings& settings, const Plan& plan,
              const Lattice& lattice, Tick section_begin, const Rng& rng);

}  // namespace toccata
