// SPDX-License-Identifier: MIT
// Tempo, meter, keys, sections, chords and provenance out of a file's meta events.
#pragma once

#include "scan.hpp"

#include <toccata/score/score.hpp>

namespace toccata::midi {

/// How a file's ticks count in a score: its ppq, and for film time the tempo that goes with it.
struct Resolution {
  Ppq ppq;
  std::optional<Tempo> tempo;
};
Resolution resolution_of(Division division);

/// Fills tempo, meter, keys, sections, chords and provenance. What it does not understand is added
/// to `rest`.
void read_conductor(Score& score, const File& file, const FileScan& scan,
                    std::vector<EventRef>& rest);

/// Where a file's music begins its last note, ends it, and where its first track ends if that has
/// no notes.
struct Extent {
  Tick last_onset;
  Tick last_end;
  std::optional<Tick> conductor_end;
};
/// Where the last bar ends: after the last onset, and after the last end unless that is but a tail
/// (up to a quarter of a bar, or what rings on past a bar line where the first track ends).
Tick end_of_bars(const MeterMap& meter, const Extent& extent);

}  // namespace toccata::midi
