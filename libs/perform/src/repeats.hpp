// SPDX-License-Identifier: MIT
// Notes of one key in one part, so far apart that each is heard.
#pragma once

#include <cstddef>
#include <vector>

#include <toccata/score/score.hpp>

namespace toccata {

/// How far apart two notes of one key begin at least: 20 ms, or half as far as they are written
/// where that is less. Range: first < second, as written.
Duration least_apart(Tick first, Tick second, const TempoMap& tempo);

/// A note whose key is struck again as soon as may be.
struct Repeated {
  std::size_t note;  ///< index into the part's notes
  Duration least;    ///< that it has to sound
};

/// Where a key would be struck too soon after it was struck before, the later note waits, and what
/// follows with it; where its bar leaves no room for that, the earlier ones come sooner. No note
/// leaves its bar or passes one that is written earlier or later. Parts in which all notes are
/// heard stay as they are. Gives the notes after which others had to wait.
/// Range: `onsets` of the part's notes, each in its bar and none before one written earlier.
std::vector<Repeated> keep_repeats_apart(const MeterMap& meters, const TempoMap& tempo,
                                         const Part& part, std::vector<Tick>& onsets);

}  // namespace toccata
