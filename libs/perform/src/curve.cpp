// SPDX-License-Identifier: MIT
// Playing by rule: the default performer.
#include "articulation.hpp"
#include "controls.hpp"
#include "loudness.hpp"
#include "performers.hpp"
#include "repeats.hpp"
#include "tempo_curve.hpp"
#include "timing.hpp"
#include "whole_take.hpp"

#include <algorithm>
#include <cmath>

namespace toccata {
namespace {

/// Held chords that fill the room, whatever the part is called.
bool is_pad(const PerformTask& task, const Part& part) {
  const bool held =
      task.settings != nullptr && task.settings->genre.chords.idiom == ChordsIdiom::Pad;
  return part.role == Role::Pad || (part.role == Role::Chords && held);
}

void play_part(const PerformTask& task, const Part& part, const std::vector<Phrase>& phrases,
               const Feel& feel, const Rng& rng, Performance& performance) {
  const auto velocities = shape_loudness(task, part, phrases, rng.fork("loudness"));
  auto onsets = shape_onsets(task, part, feel, rng.fork("timing"));
  const auto repeated = keep_repeats_apart(task.score.meter, performance.tempo, part, onsets);
  auto lengths = shape_lengths(task, part, phrases, onsets);
  for (const Repeated& each : repeated)
    lengths[each.note] = std::max(lengths[each.note], each.least);
  for (std::size_t i = 0; i < part.notes.size(); ++i) {
    const Note& note = part.notes[i];
    performance.notes.push_back({note.id,
                                 onsets[i] - note.onset,
                                 lengths[i],
                                 Velocity::clamped(rounded_velocity(velocities[i])),
                                 {}});
  }
}

void add_controls(const PerformTask& task, const Feel& feel, Performance& performance) {
  performance.controls = mix_controls(task);
  const auto add = [&](const std::vector<ControlEvent>& more) {
    performance.controls.insert(performance.controls.end(), more.begin(), more.end());
  };
  std::vector<Tick> changes;
  if (feel.pedals)
    changes =
        task.settings != nullptr ? harmony_changes(task.score) : heard_harmony_changes(task.score);
  for (const Part& part : task.score.parts) {
    if (feel.pedals) add(pedal(task, part, changes));
    if (feel.ducks && is_pad(task, part)) add(duck(task, part));
  }
  std::ranges::stable_sort(performance.controls, {}, &ControlEvent::at);
}

/// Sorts by note. Ids mostly count without gaps, so that each note has its place.
void sort_by_note(std::vector<PlayedNote>& notes) {
  if (notes.empty()) return;
  const auto [lowest, highest] = std::ranges::minmax(notes, {}, &PlayedNote::note);
  const auto first = lowest.note.number();
  if (highest.note.number() - first + 1 != notes.size()) {
    std::ranges::sort(notes, {}, &PlayedNote::note);
    return;
  }
  std::vector<PlayedNote> placed(notes.size());
  for (const PlayedNote& played : notes) placed[played.note.number() - first] = played;
  notes = std::move(placed);
}

class Curve final : public Performer {
 public:
  std::string_view name() const override { return "curve"; }
  std::unique_ptr<PerformTake> begin(const PerformTask& task, const Rng& rng) const override {
    return std::make_unique<WholeTake>(task.score, perform_by_curve(task, rng));
  }
};

const Curve kCurve;

}  // namespace

const Performer& curve() { return kCurve; }

Performance perform_by_curve(const PerformTask& task, const Rng& rng) {
  const Feel feel = feel_of(task);
  const auto phrases = find_phrases(task.score);
  Performance performance{{}, {}, bend_tempo(task.score, phrases, feel.rubato)};
  std::size_t notes = 0;
  for (const Part& part : task.score.parts) notes += part.notes.size();
  performance.notes.reserve(notes);
  const Rng players = rng.fork("perform");
  for (const Part& part : task.score.parts)
    play_part(task, part, phrases, feel, players.fork(part.id.number()), performance);
  sort_by_note(performance.notes);
  keep_lines(task.score, performance);
  add_controls(task, feel, performance);
  return performance;
}

}  // namespace toccata
