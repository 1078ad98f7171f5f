// SPDX-License-Identifier: MIT
#include "measures.hpp"

#include <algorithm>
#include <cmath>

namespace toccata::cli {
namespace {

double count_of(const Heard& heard) {
  std::size_t count = 0;
  for (const Part& part : heard.score.parts) count += part.notes.size();
  return static_cast<double>(count);
}

/// Of a place above the tonic, in semitones.
double fifths_of(double semitones) {
  static constexpr double kFifths[] = {0, -5, 2, -3, 4, -1, 6, 1, -4, 3, -2, 5};
  const double within = std::fmod(std::fmod(semitones, 12) + 12, 12);
  const auto below = static_cast<std::size_t>(within);
  const double part = within - static_cast<double>(below);
  return kFifths[below % 12] * (1 - part) + kFifths[(below + 1) % 12] * part;
}

/// The mean of `value` over pitched notes, weighted by `weight`.
template <class Value, class Weight>
double mean_of(const Heard& heard, const Value& value, const Weight& weight) {
  double sum = 0, weights = 0;
  for (const Part& part : heard.score.parts)
    if (!part.instrument.is_drums)
      for (const Note& note : part.notes) {
        sum += value(note) * weight(note);
        weights += weight(note);
      }
  return weights > 0 ? sum / weights : 0;
}

double ticks_of(const Note& note) { return static_cast<double>(note.duration.ticks()); }

}  // namespace

double notes_a_bar(const Heard& heard) { return count_of(heard) / heard.score.bar_count(); }

double notes_a_second(const Heard& heard) {
  return count_of(heard) / heard.performance.tempo.seconds_at(heard.score.end).value();
}

double mean_velocity(const Heard& heard) {
  double sum = 0;
  for (const PlayedNote& note : heard.performance.notes) sum += note.velocity.number();
  return sum / std::max(1.0, count_of(heard));
}

double mean_length(const Heard& heard) {
  return mean_of(heard, ticks_of, [](const Note&) { return 1; }) / heard.score.ppq().ticks();
}

double first_tempo(const Heard& heard) { return heard.performance.tempo.tempo_at(Tick(0)).bpm(); }

double brightness(const Heard& heard) {
  const auto signature = heard_signature(heard);
  const int tonic = !heard.score.keys.empty() ? heard.score.keys[0].key.tonic.pitch_class().number()
                    : signature               ? signature->tonic().number()
                                              : 0;
  return mean_of(
      heard,
      [&](const Note& note) {
        return fifths_of(note.pitch.number() + note.detune.value() / 100 - tonic);
      },
      ticks_of);
}

}  // namespace toccata::cli
