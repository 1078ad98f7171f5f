// SPDX-License-Identifier: MIT
#include "feel.hpp"

#include <algorithm>

namespace toccata {

Feel feel_of(const PerformTask& task) {
  Feel feel = task.settings != nullptr ? task.settings->genre.feel : Feel{};
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
