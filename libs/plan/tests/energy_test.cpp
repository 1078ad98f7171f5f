// SPDX-License-Identifier: MIT
// How strong sections are, and what enters where.
#include <algorithm>

#include <doctest/doctest.h>

#include <toccata/plan/plan.hpp>

using namespace toccata;

namespace {

std::vector<SectionPlan> sections_of(const char* form, int bars, const char* genre) {
  auto sections = lay_out_form(*parse_form(form), bars, *Genre::find(genre));
  REQUIRE(sections.has_value());
  return *std::move(sections);
}

Plan plan_of(const char* form, const char* genre) {
  Brief brief;
  brief.genres = {{genre, 1.0}};
  brief.bars = 32;
  brief.form = *parse_form(form);
  auto plan = make_plan(settle(brief, 1)->settings);
  REQUIRE(plan.has_value());
  return *std::move(plan);
}

}  // namespace

TEST_CASE("energy: a build-up grows bar by bar, and its drop is stronger than all before") {
  for (const char* form : {"Intro A B A Outro", "Intro A Build Drop Outro", "A B C"}) {
    CAPTURE(std::string(form));
    const auto sections = sections_of(form, 40, "electronic");
    const auto buildup = std::ranges::find_if(sections, &SectionPlan::is_buildup);
    REQUIRE(buildup != sections.end());
    for (int i = 1; i < buildup->bars; ++i)
      CHECK(buildup->energy_at(buildup->first + i) > buildup->energy_at(buildup->first + (i - 1)));
    const auto drop = buildup + 1;
    CHECK(drop->lands());
    for (auto before = sections.begin(); before != drop; ++before)
      CHECK(drop->energy > before->energy);
    CHECK(buildup->energy_at(buildup->first) < sections[1].energy);
  }
}

TEST_CASE("energy: where nothing builds up a section is as strong throughout") {
  for (const SectionPlan& section : sections_of("verse-chorus", 32, "rock")) {
    CHECK_FALSE(section.is_buildup);
    CHECK(section.reaches(1, section.first));
    CHECK(section.energy_at(section.first) ==
          section.energy_at(section.first + (section.bars - 1)));
  }
}

TEST_CASE("energy: a break is the thinnest section of its form, and each return the stronger one") {
  const auto sections = sections_of("A Break A Drop Break Drop", 48, "electronic");
  CHECK(sections[1].energy < sections[0].energy);
  CHECK(sections[2].energy > sections[0].energy);
  CHECK(sections[5].energy > sections[3].energy);
}

TEST_CASE("energy: bass and kick fall silent in the last bar of a build-up, half of it if short") {
  const Plan short_plan = plan_of("A Build Drop Drop Drop Drop Drop Drop", "electronic");
  const SectionPlan& brief = short_plan.sections[1];
  REQUIRE(brief.bars == 4);
  const Tick drop = short_plan.meter.onset_of(short_plan.sections[2].first);
  CHECK(short_plan.carried_until(brief) == drop - kComposedPpq.quarter() * 2);
  CHECK(short_plan.carried_until(short_plan.sections[2]) ==
        short_plan.meter.onset_of(short_plan.sections[3].first));
  const Plan long_plan = plan_of("A Build Drop Drop", "electronic");
  REQUIRE(long_plan.sections[1].bars == 8);
  CHECK(long_plan.carried_until(long_plan.sections[1]) ==
        long_plan.meter.onset_of(long_plan.sections[2].first) - kComposedPpq.quarter() * 4);
}

TEST_CASE("energy: a form that would leave a part out lets it play from the beginning") {
  for (const char* form : {"Intro", "Break", "Build", "Intro Build"}) {
    CAPTURE(std::string(form));
    const Plan plan = plan_of(form, "electronic");
    bool is_sung = false, has_bass = false;
    for (const SectionPlan& section : plan.sections) {
      is_sung = is_sung || section.has_melody;
      has_bass = has_bass || section.reaches(0.5, section.first + (section.bars - 1));
    }
    CHECK(is_sung);
    CHECK(has_bass);
  }
}
