// SPDX-License-Identifier: MIT
#include "beats.hpp"

#include <algorithm>

namespace toccata {

Duration bar_length(const Meter& meter, Ppq ppq) { return std::max(meter.bar(ppq), Duration(1)); }

Duration even_beat(const Meter& meter, Ppq ppq) {
  const auto beats = meter.beat_onsets(ppq);
  const Duration even = beats.size() > 1 ? beats[1] : bar_length(meter, ppq);
  for (std::size_t beat = 0; beat < beats.size(); ++beat)
    if (beats[beat] != even * static_cast<std::int64_t>(beat)) return Duration(0);
  return even;
}

BarBeat beat_at(const Meter& meter, Ppq ppq, Duration even, Bar bar, Duration into_bar) {
  const int count = meter.beat_count();
  if (even > Duration(0)) {
    const auto index = std::clamp<std::int64_t>(into_bar / even, 0, count - 1);
    return {bar, static_cast<int>(index), into_bar - even * index};
  }
  BarBeat position{bar, 0, into_bar};
  int pulses = 0;
  for (int beat = 0; beat < count; ++beat) {
    const Duration onset = meter.pulse_onset(pulses, ppq);
    if (beat > 0 && onset > into_bar) break;
    position = {bar, beat, into_bar - onset};
    pulses += meter.pulses_of_beat(beat);
  }
  return position;
}

}  // namespace toccata
