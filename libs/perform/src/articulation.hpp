// SPDX-License-Identifier: MIT
// How long each note of a part sounds.
#pragma once

#include <toccata/perform/phrases.hpp>

#include <vector>

#include <toccata/perform/performer.hpp>

namespace toccata {

/// Sounding lengths of a part's notes played at `onsets`: over 0, and never into a later note of
/// the same pitch, which one key cannot play. Slurs and steps are tied as the instrument's family
/// does, breath is taken, strings ring.
std::vector<Duration> shape_lengths(const PerformTask& task, const Part& part,
                                    const std::vector<Phrase>& phrases,
                                    const std::vector<Tick>& onsets);

/// Of parts with one voice, each note ends where the next begins, or as far behind it as the
/// instrument's slurs go. Range: `performance` by note.
void keep_lines(const Score& score, Performance& performance);

}  // namespace toccata
