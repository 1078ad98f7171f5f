// SPDX-License-Identifier: MIT
#include "swung.hpp"

namespace toccata {

Tick SwungTime::swung(Tick at) const {
  const Duration quarter = meter_.ppq().quarter();
  const BarBeat place = meter_.bar_beat_at(at);
  const Duration into = place.into_beat % quarter;
  if (into == Duration(0)) return at;
  // Thirds and sixths of a quarter are triplets, written where they sound.
  if (2 * into != quarter && into.ticks() * 6 % quarter.ticks() == 0) return at;
  const Meter& bar = meter_.meter_at(at);
  const Duration beat = bar.pulse(meter_.ppq()) * bar.pulses_of_beat(place.beat);
  if (beat < quarter || beat % quarter != Duration(0)) return at;
  return at + (swing_.swung(into, quarter) - into);
}

}  // namespace toccata
