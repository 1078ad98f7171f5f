// SPDX-License-Identifier: MIT
#include <algorithm>
#include <set>

#include <doctest/doctest.h>

#include <toccata/plan/plan.hpp>

using namespace toccata;

namespace {

Settings settings_of(const std::string& key, int bars, std::uint64_t seed,
                     const std::string& form = "A B A C A") {
  Brief brief;
  brief.genres = {{"arabic", 1.0}};
  brief.tonality = *parse_tonality(key);
  brief.bars = bars;
  brief.form = *parse_form(form);
  return settle(brief, seed)->settings;
}

}  // namespace

TEST_CASE("plan: from 32 bars on a maqam goes over to another jins in the last new section") {
  const Plan plan = *make_plan(settings_of("C rast", 32, 1));
  REQUIRE(plan.modulations.size() == 1);
  const Modulation& modulation = plan.modulations.front();
  const SectionPlan& section = plan.section_of(plan.meter.bar_at(modulation.from));
  CHECK(section.material == "C");
  CHECK(modulation.until <= plan.meter.onset_of(section.first + section.bars));
  CHECK(plan.modulation_at(modulation.from) == &modulation);
  CHECK(plan.modulation_at(modulation.until) == nullptr);
  for (const auto& [bars, form] : {std::pair(31, "A B A C A"), std::pair(32, "A B A B")})
    CHECK(make_plan(settings_of("C rast", bars, 1, form))->modulations.empty());
}

TEST_CASE("plan: a long section goes over after its first phrase and back for its last") {
  const Plan plan = *make_plan(settings_of("C rast", 48, 1, "A B A"));
  REQUIRE(plan.modulations.size() == 1);
  const auto section = std::ranges::find(plan.sections, "B", &SectionPlan::material);
  REQUIRE(section->bars >= 12);
  CHECK(plan.modulations[0].from == plan.meter.onset_of(section->first + 4));
  CHECK(plan.modulations[0].until == plan.meter.onset_of(section->first + (section->bars - 4)));
}

TEST_CASE("plan: a maqam takes up each of its usual ajnas that is not its own, over its drone") {
  std::set<std::string> ajnas;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Plan plan = *make_plan(settings_of("D bayati", 32, seed));
    REQUIRE(plan.modulations.size() == 1);
    const Modulation& modulation = plan.modulations.front();
    ajnas.insert(modulation.jins.jins);
    const auto chords = plan.chords_in(modulation.from, modulation.until);
    REQUIRE(chords.size() == 1);
    CHECK(to_string(chords.front().chord) == "G5");
    CHECK(chords.front().at == modulation.from);
    Tick at;
    for (const ChordSpan& span : plan.chords) {
      CHECK(span.at == at);
      CHECK(span.duration > Duration(0));
      at = span.at + span.duration;
    }
    CHECK(at == plan.end);
  }
  CHECK(ajnas == std::set<std::string>{"rast", "hijaz"});
}

TEST_CASE("plan: no modulation over given chords, nor where the usual ajnas are its own degrees") {
  Settings settings = settings_of("D bayati", 32, 1);
  settings.chords = {{Chord{settings.key.tonic, {{1, 0}, {5, 7}}, {}}}};
  CHECK(make_plan(settings)->modulations.empty());
  CHECK(make_plan(settings_of("D saba", 32, 1))->modulations.empty());
}
