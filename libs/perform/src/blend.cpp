// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <set>

#include <toccata/base/elementary.hpp>
#include <toccata/perform/learned.hpp>

namespace toccata {
namespace {

std::int64_t between(std::int64_t from, std::int64_t to, double share) {
  return from + static_cast<std::int64_t>(std::floor(static_cast<double>(to - from) * share + 0.5));
}

PlayedNote as_written(const Note& note) { return {note.id, {}, note.duration, kPlainVelocity, {}}; }

constexpr auto kSustain = Controller::literal(64);

std::vector<ControlEvent> blend_controls(const Performance& from, const Performance& to,
                                         double share) {
  if (share < 0.5) return from.controls;
  std::set<PartId> pedalled;
  for (const ControlEvent& event : to.controls)
    if (event.controller == kSustain) pedalled.insert(event.part);
  const auto is_replaced = [&](const ControlEvent& event) {
    return event.controller == kSustain && pedalled.contains(event.part);
  };
  std::vector<ControlEvent> controls;
  std::ranges::remove_copy_if(from.controls, std::back_inserter(controls), is_replaced);
  std::ranges::copy_if(to.controls, std::back_inserter(controls), is_replaced);
  std::ranges::stable_sort(controls, {}, &ControlEvent::at);
  return controls;
}

}  // namespace

TempoMap blend(const TempoMap& from, const TempoMap& to, double share) {
  if (share <= 0) return from;
  if (share >= 1) return to;
  std::set<Tick> points;
  for (const TempoMap* map : {&from, &to})
    for (const TempoChange& change : map->changes()) points.insert(change.at);
  std::vector<TempoChange> changes;
  for (const Tick at : points) {
    const double micros = from.tempo_at(at).micros_per_quarter();
    const double ratio = to.tempo_at(at).micros_per_quarter() / micros;
    const double blended =
        std::clamp(micros * exact_pow(ratio, share), 1.0, static_cast<double>(Tempo::kSlowest));
    const auto tempo =
        Tempo::from_micros_per_quarter(static_cast<std::int32_t>(std::floor(blended + 0.5)));
    if (changes.empty() || changes.back().tempo != *tempo) changes.push_back({at, *tempo});
  }
  return TempoMap(from.ppq(), std::move(changes));
}

Performance blend(const Score& score, const Performance& from, const Performance& to,
                  double share) {
  if (share <= 0) return from;
  Performance out{{}, blend_controls(from, to, share), blend(from.tempo, to.tempo, share)};
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) {
      const PlayedNote* a = find_played(from, note.id);
      const PlayedNote* b = find_played(to, note.id);
      const PlayedNote plain = as_written(note);
      const PlayedNote &first = a == nullptr ? plain : *a, &last = b == nullptr ? plain : *b;
      PlayedNote mixed = first;
      mixed.shift = Duration(between(first.shift.ticks(), last.shift.ticks(), share));
      mixed.sounding = Duration(
          std::max<std::int64_t>(between(first.sounding.ticks(), last.sounding.ticks(), share), 1));
      mixed.velocity = Velocity::clamped(
          static_cast<int>(between(first.velocity.number(), last.velocity.number(), share)));
      out.notes.push_back(mixed);
    }
  std::ranges::sort(out.notes, {}, &PlayedNote::note);
  return out;
}

}  // namespace toccata
