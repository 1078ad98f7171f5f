// SPDX-License-Identifier: MIT
// Felt beats of a bar: found by a division where all are of one length.
#pragma once

#include <toccata/timeline/meter.hpp>

namespace toccata {

/// A bar's length, at least 1.
Duration bar_length(const Meter& meter, Ppq ppq);
/// From the onset of one felt beat to the next; 0 where it differs.
Duration even_beat(const Meter& meter, Ppq ppq);
/// The felt beat that holds a point of a bar, which may lie before the bar line. `even` is the
/// meter's even_beat().
BarBeat beat_at(const Meter& meter, Ppq ppq, Duration even, Bar bar, Duration into_bar);

}  // namespace toccata
