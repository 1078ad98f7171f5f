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

Tick Plan::carried_until(const SectionPlan& section) const {
  constexpr int kLong = 8;  // bars
  const Tick until = meter.onset_of(section.first + section.bars);
  if (!section.is_buildup) return until;
  const Duration last = until - meter.onset_of(section.first + (section.bars - 1));
  return until - (section.bars < kLong ? last / 2 : last);
}

double SectionPlan::energy_at(Bar bar) const {
  if (!grows_from || bars < 2) return energy;
  const double share = static_cast<double>(bar - first) / (bars - 1);
  return *grows_from + (energy - *grows_from) * std::clamp(share, 0.0, 1.0);
}

namespace {

/// A part that the form would leave out altogether plays from the beginning: what was asked for is
/// heard.
void let_all_be_heard(const Settings& settings, std::vector<SectionPlan>& sections) {
  double most = 0;
  for (const SectionPlan& section : sections) most = std::max(most, section.energy);
  const bool is_reached = std::ranges::all_of(settings.genre.layers, [&](const Layer& layer) {
    return layer.from <= most || settings.seat(layer.role) == nullptr;
  });
  const bool has_ground = settings.seat(Role::Chords) != nullptr;
  const bool is_sung = std::ranges::any_of(sections, &SectionPlan::has_melody);
  for (SectionPlan& section : sections) {
    if (!is_reached || !has_ground) section.is_layered = false;
    if (!is_sung || !has_ground) section.has_melody = true;
  }
}

}  // namespace

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
  let_all_be_heard(settings, plan.sections);
  plan.chords = harmonise_form(settings, plan.sections, plan.meter);
  plan.modulations = modulations_of(settings, plan.sections, plan.meter);
  put_drones(settings, plan.modulations, plan.chords);
  return plan;
}

}  // namespace toccata
