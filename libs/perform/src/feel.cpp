// SPDX-License-Identifier: MIT
#include "feel.hpp"

#include <algorithm>

namespace toccata {
namespace {

// Orders of magnitude after measured playing: onsets of skilled players deviate by 5 to 15 ms
// (Repp 1999, asynchrony in piano chords), backbeats of funk and hip-hop lie 10 to 25 ms behind
// (Butterfield 2011), jazz soloists up to 30 ms behind the ride (Friberg and Sundstroem 2002).
constexpr Feel kFeels[] = {
    {"classical", 1.0, 7, 0, 0, 6, true, false}, {"jazz", 0.3, 5, 12, 4, 5, false, false},
    {"arabic", 0.5, 6, 4, 0, 4, false, false},   {"rock", 0.2, 3, 0, 4, 6, false, false},
    {"electronic", 0, 0, 0, 0, 0, false, true},  {"blues", 0.3, 6, 10, 8, 6, false, false},
    {"bossa", 0.2, 5, 8, 0, 6, false, false},    {"waltz", 0.8, 6, 0, 0, 6, true, false},
    {"lofi", 0, 7, 12, 18, 8, false, true},      {"funk", 0, 3, 2, 10, 3, false, false},
    {"folk", 0.5, 6, 0, 0, 8, false, false},     {"reggae", 0, 4, 6, 8, 4, false, false},
    {"cinematic", 0.8, 6, 0, 0, 6, true, false}, {"chiptune", 0, 0, 0, 0, 0, false, false},
};

}  // namespace

Feel feel_of(const PerformTask& task) {
  Feel feel;
  if (task.settings != nullptr && !task.settings->genres.empty()) {
    const auto heaviest = std::ranges::max_element(task.settings->genres, {}, &GenreShare::weight);
    const auto known = std::ranges::find(kFeels, std::string_view(heaviest->genre), &Feel::genre);
    if (known != std::end(kFeels)) feel = *known;
  }
  const auto is_kit = [](const Part& part) {
    return part.instrument.is_drums && !part.notes.empty();
  };
  if (std::ranges::any_of(task.score.parts, is_kit)) feel.rubato = 0;
  return feel;
}

double ticks_of_ms(double ms, const TempoMap& tempo, Tick at) {
  const double quarters = ms * 1000 / tempo.tempo_at(at).micros_per_quarter();
  return quarters * tempo.ppq().ticks();
}

}  // namespace toccata
