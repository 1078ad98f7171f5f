// SPDX-License-Identifier: MIT
// Pieces that begin before their first bar line.
#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

TEST_CASE("pick-up: asked for, the melody alone begins before the first bar, in every genre") {
  for (const auto genre : Genre::names())
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
      CAPTURE(genre);
      CAPTURE(seed);
      Brief brief = brief_of(genre);
      brief.pickup = true;
      brief.bars = 16;
      brief.form = *parse_form("aba");
      const Score score = composed(brief, seed);
      const Meter full = score.meter.meter_of(Bar(0));
      const Tick first = score.meter.onset_of(Bar(0));
      CHECK(score.meter.first_bar() == Bar(-1));
      CHECK(first > Tick(0));
      CHECK(first - Tick(0) < full.bar(score.ppq()));
      CHECK(score.bar_count() == 16);
      CHECK(score.end == score.meter.onset_of(Bar(16)));
      CHECK(score.sections.front().at == first);
      CHECK(score.chords.front().at == first);
      for (const Part& part : score.parts)
        if (part.role == Role::Melody) CHECK(part.notes.front().onset == Tick(0));
        else if (!part.notes.empty()) CHECK(part.notes.front().onset >= first);
    }
}

TEST_CASE("pick-up: in 6/8 it has a beat of three eighths, in 4/4 one or two quarters") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    Brief brief = brief_of("folk");
    brief.pickup = true;
    brief.meter = *parse_meter("6/8");
    CHECK(to_string(composed(brief, seed).meter.meter_at(Tick(0))) == "3/8");
    brief.meter = *parse_meter("4/4");
    const auto quarters = to_string(composed(brief, seed).meter.meter_at(Tick(0)));
    CHECK((quarters == "1/4" || quarters == "2/4"));
  }
}

TEST_CASE("pick-up: without a word some folk tunes have one; refused or with a given meter, none") {
  int with = 0;
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Brief brief = brief_of("folk");
    with += settled(brief, seed).pickup > 0;
    brief.pickup = false;
    CHECK(settled(brief, seed).pickup == 0);
    brief.pickup.reset();
    brief.meter = *parse_meter("4/4");
    CHECK(settled(brief, seed).pickup == 0);
  }
  CHECK(with > 3);
  CHECK(with < 40);
}

TEST_CASE("pick-up: where there is no room or nobody to sing it, it is refused by name") {
  const auto fault = [](auto change) {
    Brief brief = brief_of("classical");
    brief.pickup = true;
    change(brief);
    const auto result = settle(brief, 1);
    return result ? std::string() : result.error();
  };
  CHECK(fault([](Brief& b) { b.meter = *parse_meter("1/4"); }).find("no room") !=
        std::string::npos);
  CHECK(fault([](Brief& b) { b.parts = {Role::Bass}; }).find("melody") != std::string::npos);
  CHECK(fault([](Brief& b) { b.engine = "walk"; }).find("walk") != std::string::npos);
}
