// SPDX-License-Identifier: MIT
#include "timing.hpp"

#include "loudness.hpp"
#include "swung.hpp"

#include <algorithm>
#include <cmath>

#include <toccata/perform/playing_family.hpp>

namespace toccata {
namespace {

Duration rounded(double ticks) {
  return Duration(static_cast<std::int64_t>(std::floor(ticks + 0.5)));
}

bool leads(const Part& part) { return part.role == Role::Melody || part.role == Role::Counter; }

/// A strumming hand goes down on each beat and comes up between.
bool is_offbeat(const MeterCursor& place, Ppq ppq) {
  return place.bar_beat().into_beat % ppq.quarter() != Duration(0);
}

/// How late the player of a part is at a note's place, in milliseconds; negative is early.
double lateness_ms(const MeterCursor& place, const Part& part, const Feel& feel, const Note& note,
                   Rng& rng) {
  const double unsteady = std::clamp(rng.normal(), -2.0, 2.0) * feel.unsteady_ms;
  if (part.instrument.is_drums) {
    const bool snare = drum_kind(note.pitch) == DrumKind::Snare;
    const bool late = snare && is_backbeat(place);
    return 0.4 * unsteady + (late ? feel.late_backbeat_ms : 0);
  }
  if (part.role == Role::Bass) return 0.6 * unsteady;
  return unsteady + (leads(part) ? feel.laid_back_ms : 0);
}

}  // namespace

Swing swing_of(const PerformTask& task) {
  if (task.settings == nullptr) return Swing();
  return Swing::from_percent(task.settings->genre.swing_percent).value_or(Swing());
}

std::vector<Tick> shape_onsets(const PerformTask& task, const Part& part, const Feel& feel,
                               Rng rng) {
  MeterCursor place(task.score.meter);
  SwungTime swung(task.score.meter, swing_of(task), part.notes);
  const TempoMap& tempo = task.score.tempo;
  const double strum_ms = playing_family(part.instrument).strum_ms;
  const double between_ms = strum_ms > 0 ? strum_ms : feel.spread_ms;
  std::vector<Tick> onsets;
  onsets.reserve(part.notes.size());
  Tick latest;  // of all notes written before this moment
  for (std::size_t begin = 0; begin < part.notes.size();) {
    const Tick written = part.notes[begin].onset;
    std::size_t end = begin;
    while (end < part.notes.size() && part.notes[end].onset == written) ++end;
    place.go(written);
    const Tick first = std::max({latest, place.begin(), Tick(0)});
    const Tick last = std::max(first, place.end() - Duration(1));
    const Tick in_time = swung.of(written);
    const double moment = lateness_ms(place, part, feel, part.notes[begin], rng);
    const bool is_upstroke = strum_ms > 0 && is_offbeat(place, task.score.ppq());
    for (std::size_t i = begin; i < end; ++i) {
      double late = part.instrument.is_drums && i > begin
                        ? lateness_ms(place, part, feel, part.notes[i], rng)
                        : moment;
      if (!part.instrument.is_drums)
        late +=
            std::min(static_cast<double>(is_upstroke ? end - 1 - i : i - begin), 5.0) * between_ms;
      const Tick played = in_time + rounded(ticks_of_ms(late, tempo, written));
      onsets.push_back(std::clamp(played, first, last));
    }
    latest =
        *std::max_element(onsets.end() - static_cast<std::ptrdiff_t>(end - begin), onsets.end());
    begin = end;
  }
  return onsets;
}

}  // namespace toccata
