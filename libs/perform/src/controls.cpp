// SPDX-License-Identifier: MIT
#include "controls.hpp"

#include "loudness.hpp"
#include "swung.hpp"
#include "timing.hpp"

#include <algorithm>
#include <cmath>

#include <toccata/analysis/chords.hpp>
#include <toccata/base/elementary.hpp>
#include <toccata/perform/playing_family.hpp>

namespace toccata {
namespace {

constexpr auto kVolume = Controller::literal(7), kPan = Controller::literal(10),
               kExpression = Controller::literal(11), kSustain = Controller::literal(64),
               kReverb = Controller::literal(91);
constexpr auto kUp = ControlValue::literal(0), kDown = ControlValue::literal(127);

ControlValue control_value(double value) {
  return ControlValue::clamped(static_cast<int>(std::floor(value + 0.5)));
}

/// By name, as seats are named like their parts; else by role.
const Seat* seat_of(const Settings& settings, const Part& part) {
  for (const Seat& seat : settings.seats)
    if (seat.name == part.name) return &seat;
  for (const Seat& seat : settings.seats)
    if (seat.role == part.role) return &seat;
  return nullptr;
}

std::vector<Tick> changes_of(const Score& score, const std::vector<ChordMark>& chords) {
  std::vector<Tick> points;
  points.reserve(chords.size() + 1);
  for (const ChordMark& mark : chords) points.push_back(mark.at);
  for (Bar bar = score.meter.first_bar(); score.meter.onset_of(bar) < score.end; bar = bar + 1)
    points.push_back(score.meter.onset_of(bar));
  points.push_back(score.end);
  std::ranges::sort(points);
  points.erase(std::unique(points.begin(), points.end()), points.end());
  return points;
}

/// True where the notes that begin in [begin, end) are a broken chord: several moments, mostly of
/// one note, none played short.
bool is_broken(const Part& part, Tick begin, Tick end) {
  const auto first = std::ranges::lower_bound(part.notes, begin, {}, &Note::onset);
  const auto last = std::ranges::lower_bound(part.notes, end, {}, &Note::onset);
  std::ptrdiff_t moments = 0;
  for (auto note = first; note != last; ++note) {
    if (note->marks.has(Mark::Staccato)) return false;
    if (note == first || note->onset != (note - 1)->onset) ++moments;
  }
  return moments >= 3 && last - first <= moments + moments / 2;
}

}  // namespace

std::vector<Tick> harmony_changes(const Score& score) { return changes_of(score, score.chords); }

std::vector<Tick> heard_harmony_changes(const Score& score) {
  if (!score.chords.empty()) return harmony_changes(score);
  return changes_of(score, to_marks(estimate_chords(score, bars_of(score))));
}

std::vector<ControlEvent> mix_controls(const PerformTask& task) {
  std::vector<ControlEvent> controls;
  if (task.settings == nullptr) return controls;
  for (const Part& part : task.score.parts) {
    const Seat* seat = seat_of(*task.settings, part);
    if (seat == nullptr) continue;
    // General MIDI: a volume of v is 40 log10(v / 127) dB; 100 leaves room above the usual.
    const double volume = 100 * exact_pow(10, seat->gain_db / 40);
    controls.push_back({part.id, Tick(0), kVolume, control_value(volume)});
    controls.push_back({part.id, Tick(0), kPan, control_value(64 + 63 * seat->pan)});
    controls.push_back({part.id, Tick(0), kReverb, control_value(127 * seat->reverb)});
  }
  return controls;
}

std::vector<ControlEvent> pedal(const PerformTask& task, const Part& part,
                                const std::vector<Tick>& harmony_changes) {
  std::vector<ControlEvent> controls;
  if (!playing_family(part.instrument).has_pedal || part.role == Role::Melody ||
      part.role == Role::Bass)
    return controls;
  const auto& points = harmony_changes;
  const Duration after = task.score.ppq().quarter() / 8;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const Tick end = points[i + 1];
    if (end - points[i] <= 2 * after || !is_broken(part, points[i], end)) continue;
    controls.push_back({part.id, points[i] + after, kSustain, kDown});
    controls.push_back({part.id, end, kSustain, kUp});
  }
  return controls;
}

std::vector<ControlEvent> duck(const PerformTask& task, const Part& pad) {
  constexpr double kDeepest = 72;
  constexpr int kSteps = 4;
  const Score& score = task.score;
  const Duration back = score.ppq().quarter() / 2;
  std::vector<ControlEvent> controls;
  std::vector<Tick> kicks;
  SwungTime swung(score.meter, swing_of(task));
  for (const Part& part : score.parts)
    for (const Note& note : part.notes)
      if (part.instrument.is_drums && drum_kind(note.pitch) == DrumKind::Kick)
        kicks.push_back(swung.of(note.onset));
  std::ranges::sort(kicks);
  kicks.erase(std::unique(kicks.begin(), kicks.end()), kicks.end());
  if (kicks.empty() || pad.notes.empty()) return controls;
  controls.push_back({pad.id, Tick(0), kExpression, kDown});
  for (std::size_t i = 0; i < kicks.size(); ++i)
    for (int step = 0; step <= kSteps; ++step) {
      const Tick at = kicks[i] + back * step / kSteps;
      if (i + 1 < kicks.size() && at >= kicks[i + 1]) break;
      if (at >= score.end && step > 0) break;
      const double value = kDeepest + (127 - kDeepest) * step / kSteps;
      controls.push_back({pad.id, at, kExpression, control_value(value)});
    }
  return controls;
}

}  // namespace toccata
