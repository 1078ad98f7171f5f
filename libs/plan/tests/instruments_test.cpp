// SPDX-License-Identifier: MIT
#include <set>

#include <doctest/doctest.h>
#include <toccata/plan/fold.hpp>
#include <toccata/plan/instruments.hpp>

using namespace toccata;

TEST_CASE("instruments: ranges hold their comfortable part, and names are folded and unique") {
  std::set<std::string> names;
  for (const auto& info : InstrumentInfo::all()) {
    CAPTURE(info.id);
    CHECK(info.range.lowest < info.range.highest);
    CHECK(info.range.contains(info.comfortable.lowest));
    CHECK(info.range.contains(info.comfortable.highest));
    CHECK(info.comfortable.lowest < info.comfortable.highest);
    CHECK_FALSE(info.family.empty());
    CHECK(names.insert(info.id).second);
    for (const auto& name : info.names) {
      CAPTURE(name);
      CHECK(folded(name) == name);
      CHECK(names.insert(name).second);
      CHECK(InstrumentInfo::find(name) == &info);
    }
    CHECK(InstrumentInfo::find(info.french) == &info);
  }
  CHECK(InstrumentInfo::all().size() >= 60);
}

TEST_CASE("instruments: only the families' own are drums, and each bass reaches a low G") {
  for (const auto& info : InstrumentInfo::all()) {
    CAPTURE(info.id);
    CHECK(info.instrument.is_drums == (info.family == "drums"));
    if (info.is_bass && !info.instrument.is_drums) CHECK(info.range.lowest <= Pitch::literal(43));
  }
}

TEST_CASE("InstrumentInfo::find: English and French names, any case, accents or none") {
  REQUIRE(InstrumentInfo::find("double bass"));
  CHECK(InstrumentInfo::find("Contrebasse")->id == "double bass");
  CHECK(InstrumentInfo::find("FLÛTE À BEC")->id == "recorder");
  CHECK(InstrumentInfo::find("rhodes")->instrument.program == Program::literal(4));
  CHECK(InstrumentInfo::find("chœur")->id == "choir");
  CHECK(InstrumentInfo::find("batterie")->instrument.is_drums);
  CHECK(InstrumentInfo::find("theremin") == nullptr);
}

TEST_CASE("instruments: overdriven and distortion guitars are distorted, clean ones are not") {
  std::vector<std::string> distorted;
  for (const InstrumentInfo& info : InstrumentInfo::all())
    if (info.is_distorted) distorted.push_back(info.id);
  CHECK(distorted == std::vector<std::string>{"overdriven guitar", "distortion guitar"});
}
