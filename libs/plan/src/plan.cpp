// SPDX-License-Identifier: MIT
#include <algorithm>

#include <toccata/plan/plan.hpp>

#include "modulation.hpp"

namespace toccata {

const ChordSpan& Plan::chord_at(Tick at) const {
  TOCCATA_ASSERT(!chords.empty());
  const auto after = std::upper_bound(chords.begin(), chords.end(), at,
                                      [](Tick t, const ChordSpan& span) { return t < span.at; });
  return after == chords.begin() ? chords.front() : *(after - 1);
}

std::span<const ChordSpan> Plan::chords_in(Tick from, Tick until) const {
  const auto first = std::ranges::lower_bound(chords, from, {}, &ChordSpan::at);
  return {first, std::ranges::lower_bound(first, chords.end(), until, {}, &ChordSpan::at)};
}

const SectionPlan& Plan::section_of(Bar bar) const {
  TOCCATA_ASSERT(!sections.empty());
  const auto after =
      std::upper_bound(sections.begin(), sections.end(), bar,
                       [](Bar b, const SectionPlan& section) { return b < section.first; });
  return after == sections.begin() ? sections.front() : *(after - 1);
}

const Modulation* Plan::modulation_at(Tick at) const {
  for (const Modulation& modulation : modulations)
    if (modulation.from <= at && at < modulation.until) return &modulation;
  return nullptr;
}

Result<Plan, std::string> make_plan(const Settings& settings) {
  Plan plan;
  plan.meter = MeterMap(kComposedPpq, {{Tick(0), settings.meter}});
  if (settings.pickup > 0) {
    const auto before = *Meter::make(settings.pickup, settings.meter.unit());
    plan.meter = MeterMap(kComposedPpq,
                          {{Tick(0), before}, {Tick(0) + before.bar(kComposedPpq), settings.meter}},
                          MeterMap::Pickup::FirstBar);
  }
  TOCCATA_TRY(plan.sections, lay_out_form(settings.form, settings.bars, settings.genre));
  plan.end = plan.meter.onset_of(Bar(settings.bars));
  // A lone melody has nobody to rest for.
  if (settings.seat(Role::Chords) == nullptr)
    for (SectionPlan& section : plan.sections) section.has_melody = section.has_bass = true;
  plan.chords = harmonise_form(settings, plan.sections, plan.meter);
  plan.modulations = modulations_of(settings, plan.sections, plan.meter);
  put_drones(settings, plan.modulations, plan.chords);
  return plan;
}

}  // namespace toccata
