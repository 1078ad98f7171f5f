// SPDX-License-Identifier: MIT
// Instruments, parts and drums, as a file has them.
#include <algorithm>

#include <fmt/format.h>
#include <toccata/plan/instruments.hpp>

#include "checks.hpp"

namespace toccata::cli {
namespace {

bool sounds(const Heard& heard, const Instrument& instrument) {
  return std::ranges::any_of(heard_parts(heard), [&](const Part* part) {
    return part->instrument.is_drums == instrument.is_drums &&
           (instrument.is_drums || part->instrument.program == instrument.program);
  });
}

bool has_drums(const Heard& heard) {
  return std::ranges::any_of(heard_parts(heard),
                             [](const Part* part) { return part->instrument.is_drums; });
}

/// What an instrument can play. Of several with one program, the one that was asked for; else the
/// widest.
std::optional<PitchRange> range_of(const Brief& brief, const Instrument& instrument) {
  const auto is_asked = [&](const InstrumentInfo& info) {
    return std::ranges::find(brief.instruments, info.id) != brief.instruments.end();
  };
  const auto widest = [&](bool asked_only) {
    std::optional<PitchRange> range;
    for (const InstrumentInfo& info : InstrumentInfo::all()) {
      if (info.instrument != instrument || (asked_only && !is_asked(info))) continue;
      if (!range) range = info.range;
      range->lowest = std::min(range->lowest, info.range.lowest);
      range->highest = std::max(range->highest, info.range.highest);
    }
    return range;
  };
  const auto asked = widest(true);
  return asked ? asked : widest(false);
}

}  // namespace

Fault check_parts(const Brief& brief, const Heard& heard) {
  for (const Role role : brief.parts)
    if (heard_part(heard, role) == nullptr) return fmt::format("no {}", name_of(role));
  for (const Part* part : heard_parts(heard))
    if (std::ranges::none_of(brief.parts,
                             [&](Role role) { return heard_part(heard, role) == part; }))
      return fmt::format("a part \"{}\" that was not asked for", part->name);
  return std::nullopt;
}

Fault check_refused_parts(const Brief& brief, const Heard& heard) {
  for (const Role role : brief.without_parts)
    if (heard_part(heard, role) != nullptr) return fmt::format("there is {}", name_of(role));
  return std::nullopt;
}

Fault check_instruments(const Brief& brief, const Heard& heard) {
  for (const std::string& id : brief.instruments)
    if (!sounds(heard, InstrumentInfo::find(id)->instrument)) return "no " + id;
  return std::nullopt;
}

Fault check_alone(const Brief& brief, const Heard& heard) {
  const bool has_kit = brief.drums == true || !brief.rhythm.empty();
  for (const Part* part : heard_parts(heard)) {
    if (part->instrument.is_drums && has_kit) continue;
    const auto is_it = [&](const std::string& id) {
      const Instrument& asked = InstrumentInfo::find(id)->instrument;
      return asked.is_drums == part->instrument.is_drums &&
             (asked.is_drums || asked.program == part->instrument.program);
    };
    if (std::ranges::none_of(brief.instruments, is_it))
      return fmt::format("\"{}\" plays too", part->name);
  }
  return std::nullopt;
}

Fault check_refused_instruments(const Brief& brief, const Heard& heard) {
  for (const std::string& id : brief.without_instruments)
    if (sounds(heard, InstrumentInfo::find(id)->instrument)) return "there is " + id;
  return std::nullopt;
}

Fault check_no_drums(const Brief& /*brief*/, const Heard& heard) {
  if (has_drums(heard)) return "there are drums";
  return std::nullopt;
}

Fault check_drums(const Brief& /*brief*/, const Heard& heard) {
  if (!has_drums(heard)) return "no drums";
  return std::nullopt;
}

Fault check_range(const Brief& brief, const Heard& heard) {
  const Part* melody = heard_part(heard, Role::Melody);
  if (melody == nullptr) return std::nullopt;
  const auto range = range_of(brief, melody->instrument);
  if (!range) return std::nullopt;
  for (const Note& note : melody->notes)
    if (note.pitch < range->lowest || note.pitch > range->highest)
      return fmt::format("{} in a range of {} to {}", note.pitch.number(), range->lowest.number(),
                         range->highest.number());
  return std::nullopt;
}

}  // namespace toccata::cli
