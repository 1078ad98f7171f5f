// SPDX-License-Identifier: MIT
// The law of notes of one key: each is heard before the key is struck again.
#pragma once

#include <algorithm>
#include <map>

#include <doctest/doctest.h>

#include <toccata/score/performance.hpp>

namespace toccata {

/// Of two notes of one key in one part the later one comes 20 ms after the earlier one, or half as
/// far as they are written apart where that is less. So long the earlier one sounds, if it is not
/// meant to be shorter.
inline void check_repeats_are_heard(const Score& score, const Performance& performance) {
  for (const Part& part : score.parts) {
    std::map<Pitch, const Note*> last;
    for (const Note& note : part.notes) {
      const Note*& before = last[note.pitch];
      if (before != nullptr && before->onset < note.onset) {
        const PlayedNote& first = *find_played(performance, before->id);
        const PlayedNote& second = *find_played(performance, note.id);
        const double a_tick = (performance.tempo.seconds_at(before->onset + Duration(1)) -
                               performance.tempo.seconds_at(before->onset))
                                  .value();
        const double apart = static_cast<double>((note.onset - before->onset).ticks());
        const double least = std::min(0.020 / a_tick, apart / 2);
        const Duration gap = note.onset + second.shift - (before->onset + first.shift);
        CHECK(static_cast<double>(gap.ticks()) >= least - 1e-6);
        const double meant = 0.4 * static_cast<double>(before->duration.ticks());
        CHECK(static_cast<double>(first.sounding.ticks()) >= std::min(least, meant) - 1e-6);
      }
      before = &note;
    }
  }
}

/// Every note begins in its bar, and none before one that is written earlier.
inline void check_order(const Score& score, const Performance& performance) {
  for (const Part& part : score.parts) {
    Tick floor, latest;
    for (std::size_t i = 0; i < part.notes.size(); ++i) {
      const Note& note = part.notes[i];
      if (i > 0 && part.notes[i - 1].onset < note.onset) floor = latest;
      const Tick at = note.onset + find_played(performance, note.id)->shift;
      CHECK(at >= floor);
      CHECK(score.meter.bar_at(at) == score.meter.bar_at(note.onset));
      latest = std::max(latest, at);
    }
  }
}

}  // namespace toccata
