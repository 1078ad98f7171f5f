// SPDX-License-Identifier: MIT
#include "feel.hpp"

#include <algorithm>

#include <toccata/perform/playing_family.hpp>

namespace toccata {
namespace {

bool is_heard(const Part& part) { return !part.instrument.is_drums && !part.notes.empty(); }

bool is_keyboard(const Part& part) { return playing_family(part.instrument).has_pedal; }

bool is_machine(const Part& part) {
  const auto& family = playing_family(part.instrument).name;
  return family == "lead" || family == "synth";
}

/// Whether the written tempo bends already, as where rubato was put into a file.
bool bends_already(const Score& score) {
  return static_cast<int>(score.tempo.changes().size()) > std::max(score.bar_count() / 2, 2);
}

/// The feel of music of which no genre is known, by who plays: keyboards alone are free as in
/// classical music, other ensembles half as much, machines keep their tempo. Pianists have a pedal.
Feel feel_by_players(const Score& score) {
  constexpr double kAlone = 1, kTogether = 0.5;
  Feel feel;
  const auto all = [&](auto is_one) {
    return std::ranges::all_of(score.parts,
                               [&](const Part& part) { return !is_heard(part) || is_one(part); });
  };
  const bool has_machine = !all([](const Part& part) { return !is_machine(part); });
  feel.pedals = !has_machine;
  if (!has_machine && !bends_already(score)) feel.rubato = all(is_keyboard) ? kAlone : kTogether;
  return feel;
}

}  // namespace

Feel feel_of(const PerformTask& task) {
  Feel feel = task.settings != nullptr ? task.settings->genre.feel : feel_by_players(task.score);
  const auto is_kit = [](const Part& part) {
    return part.instrument.is_drums && !part.notes.empty();
  };
  if (!std::ranges::any_of(task.score.parts, is_kit)) return feel;
  feel.rubato = 0;
  // A band's pianist plays short, unless the genre says otherwise.
  if (task.settings == nullptr) feel.pedals = false;
  return feel;
}

double ticks_of_ms(double ms, const TempoMap& tempo, Tick at) {
  const double quarters = ms * 1000 / tempo.tempo_at(at).micros_per_quarter();
  return quarters * tempo.ppq().ticks();
}

}  // namespace toccata
