// SPDX-License-Identifier: MIT
#include "fresh_part.hpp"

#include <algorithm>

#include "bass.hpp"
#include "chords.hpp"
#include "drums.hpp"
#include "melody.hpp"

namespace toccata {
namespace {

Role role_of(const Part& part) {
  if (part.instrument.is_drums) return Role::Drums;
  if (part.role != Role::Other) return part.role;
  std::string name = part.name;
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (name.find("bass") != std::string::npos) return Role::Bass;
  for (const char* word : {"chord", "piano", "guitar", "pad", "organ"})
    if (name.find(word) != std::string::npos) return Role::Chords;
  const int program = part.instrument.program.number();
  return program >= 32 && program <= 39 ? Role::Bass : Role::Melody;
}

const InstrumentInfo& instrument_of(const Part& part, Role role) {
  if (const auto* info = InstrumentInfo::find(part.instrument)) return *info;
  return *InstrumentInfo::find(role == Role::Bass ? "electric bass" : "piano");
}

/// The stretch of the cell as a plan of its own, beginning at 0, on the grid that the writers use.
struct LocalPlan {
  Settings settings;
  Plan plan;
};

LocalPlan local_plan(const Task& task, const Cell& cell, Role role,
                     const InstrumentInfo& instrument) {
  const MeterMap& meter = task.score.meter;
  const Tick begin = meter.onset_of(cell.first), end = meter.onset_of(cell.end);
  const auto scaled = [&](Duration d) {
    return Duration(d.ticks() * kComposedPpq.ticks() / task.score.ppq().ticks());
  };
  LocalPlan local{task.settings, {}};
  local.settings.meter = meter.meter_of(cell.first);
  local.settings.bars = cell.end - cell.first + 1;  // the writers' closing bar lies past the cell
  local.settings.seats = {{role, "", &instrument, 0, 0, 0}};
  local.plan.meter = MeterMap(kComposedPpq, {{Tick(0), local.settings.meter}});
  local.plan.end = local.plan.meter.onset_of(Bar(local.settings.bars));
  local.plan.sections = {{"A", "A", false, Bar(0), cell.end - cell.first, 0.6, Cadence::Half}};
  for (const ChordSpan& span : task.plan.chords) {
    const Tick from = std::max(span.at, begin), until = std::min(span.at + span.duration, end);
    if (from < until)
      local.plan.chords.push_back(
          {Tick(0) + scaled(from - begin), scaled(until - from), span.chord});
  }
  if (local.plan.chords.empty())
    local.plan.chords = {{Tick(0), local.plan.end - Tick(0), task.plan.chord_at(begin).chord}};
  return local;
}

std::vector<Note> written_by(Role role, const LocalPlan& local, const InstrumentInfo& instrument,
                             Rng& rng) {
  const SectionPlan& section = local.plan.sections.front();
  const PitchRange comfortable = instrument.comfortable;
  switch (role) {
    case Role::Drums:
      return DrumWriter(local.settings, local.plan, local.settings.seat(Role::Drums), rng)
          .write(section);
    case Role::Bass: {
      const int low = std::max(28, instrument.range.lowest.number());
      const PitchRange range{Pitch::folded_into_range(low), Pitch::folded_into_range(low + 24)};
      return BassWriter(local.settings, local.plan, range, rng).write(section);
    }
    case Role::Melody:
    case Role::Counter:
      return MelodyWriter(local.settings, local.plan, comfortable, rng).write(section);
    default:
      return ChordsWriter(local.settings, local.plan, local.settings.seats.front(),
                          ChordsIdiom::Block, rng)
          .write(section, {});
  }
}

}  // namespace

std::vector<Note> write_fresh_part(const Task& task, const Cell& cell, Rng& rng) {
  const auto part = std::ranges::find(task.score.parts, cell.part, &Part::id);
  const Role role = role_of(*part);
  const InstrumentInfo& instrument = instrument_of(*part, role);
  const LocalPlan local = local_plan(task, cell, role, instrument);
  const Tick begin = task.score.meter.onset_of(cell.first),
             end = task.score.meter.onset_of(cell.end);
  std::vector<Note> notes;
  for (Note note : written_by(role, local, instrument, rng)) {
    const auto unscaled = [&](std::int64_t ticks) {
      return Duration(ticks * task.score.ppq().ticks() / kComposedPpq.ticks());
    };
    note.onset = begin + unscaled(note.onset.ticks());
    if (note.onset >= end) continue;
    note.duration =
        std::min(std::max(unscaled(note.duration.ticks()), Duration(1)), end - note.onset);
    if (note.glide) note.glide.reset();
    notes.push_back(note);
  }
  return notes;
}

}  // namespace toccata
