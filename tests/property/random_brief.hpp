// SPDX-License-Identifier: MIT
// Briefs at random, of everything that a sentence can ask for: for property tests.
#pragma once

#include <toccata/base/rng.hpp>
#include <toccata/plan/brief.hpp>

namespace toccata {

/// A brief with each field set by chance, none of which contradict each other.
Brief random_brief(Rng& rng);

}  // namespace toccata
