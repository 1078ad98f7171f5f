// SPDX-License-Identifier: MIT
// How long each note of a part sounds.
#pragma once

#include <toccata/perform/phrases.hpp>

#include <vector>

#include <toccata/perform/performer.hpp>

namespace toccata {

/// Sounding lengths of a part's notes played at `onsets`: over 0, and never into a later note of
/// the same pitch, which one key cannot play.
std::vector<Duration> shape_lengths(const PerformTask& task, const Part& part,
                                    const std::vector<Phrase>& phrases,
                                    const std::vector<Tick>& onsets);

}  // namespace toccata
