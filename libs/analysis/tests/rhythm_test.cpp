// SPDX-License-Identifier: MIT
#include "tune.hpp"

#include <algorithm>

#include <doctest/doctest.h>
#include <toccata/analysis/rhythm.hpp>

using namespace toccata;

namespace {
MeterMap in_meter(int pulses, int unit) {
  return {kComposedPpq, {{Tick(0), *Meter::make(pulses, unit)}}};
}
Note at_tick(std::int64_t onset, std::int64_t duration = 120) {
  return {NoteId(static_cast<std::uint32_t>(onset) + 1),
          Tick(onset),
          Duration(duration),
          Pitch::literal(60),
          {},
          {},
          {},
          {}};
}
}  // namespace

TEST_CASE("sixteenths_of: the bar's length in sixteenths, at least one") {
  CHECK(sixteenths_of(*Meter::make(4, 4)) == 16);
  CHECK(sixteenths_of(*Meter::make(6, 8)) == 12);
  CHECK(sixteenths_of(*Meter::make(7, 8)) == 14);
  CHECK(sixteenths_of(*Meter::make(1, 128)) == 1);
}

TEST_CASE("onset_grid: shares sum to one and a late onset belongs to the next bar line") {
  const std::vector notes{at_tick(0), at_tick(480), at_tick(490), at_tick(1910), at_tick(1920)};
  const auto grid = onset_grid(notes, MeterMap(kComposedPpq), kCommonTime);
  CHECK(grid.shares[0] == doctest::Approx(0.6));
  CHECK(grid.shares[4] == doctest::Approx(0.4));
  const auto other = onset_grid(notes, MeterMap(kComposedPpq), *Meter::make(3, 4));
  CHECK(std::ranges::all_of(other.shares, [](double share) { return share == 0; }));
}

TEST_CASE("prevailing_meter: the meter of most bars") {
  const MeterMap meters(kComposedPpq,
                        {{Tick(0), *Meter::make(3, 4)}, {Tick(2 * 1440), *Meter::make(7, 8)}});
  CHECK(prevailing_meter(meters, {Bar(0), Bar(4)}) == *Meter::make(3, 4));
  CHECK(prevailing_meter(meters, {Bar(0), Bar(5)}) == *Meter::make(7, 8));
  CHECK(prevailing_meter(meters, {Bar(3), Bar(3)}) == *Meter::make(7, 8));
}

TEST_CASE("duration_shares: the most frequent value first, however fine the resolution") {
  const auto shares = duration_shares(
      std::vector{at_tick(0, 240), at_tick(480, 240), at_tick(960, 481)}, kComposedPpq);
  REQUIRE(shares.size() == 2);
  CHECK(shares[0].quarters == Rational(1, 2));
  CHECK(shares[1].quarters == Rational(1));
  CHECK(shares[0].share == doctest::Approx(2.0 / 3));
  CHECK(step_shares(std::vector{at_tick(0), at_tick(0), at_tick(720)}, kComposedPpq) ==
        std::vector{ValueShare{Rational(3, 2), 1.0}});
}

TEST_CASE("finest_grid: the coarsest grid that holds the onsets") {
  const MeterMap meters(kComposedPpq);
  CHECK(finest_grid({}, meters).per_quarter == 1);
  CHECK(finest_grid(std::vector{at_tick(0), at_tick(480)}, meters).per_quarter == 1);
  CHECK(finest_grid(std::vector{at_tick(0), at_tick(240)}, meters).per_quarter == 2);
  CHECK(finest_grid(std::vector{at_tick(0), at_tick(160)}, meters).per_quarter == 3);
  CHECK(finest_grid(std::vector{at_tick(0), at_tick(120), at_tick(160)}, meters).per_quarter == 12);
  CHECK(finest_grid(std::vector{at_tick(37)}, meters).share < 0.97);
}

TEST_CASE("finest_grid: counted from each bar line, so a bar of five eighths shifts nothing") {
  CHECK(finest_grid(std::vector{at_tick(0), at_tick(1200), at_tick(2400)}, in_meter(5, 8))
            .per_quarter == 1);
}

TEST_CASE("estimate_swing: straight eighths give a half, triplet swing two thirds") {
  const MeterMap meters(kComposedPpq);
  for (const auto& [place, ratio] : {std::pair{240, 0.5}, {320, 2.0 / 3}, {288, 0.6}}) {
    std::vector<Note> notes;
    for (int quarter = 0; quarter < 9; ++quarter) {
      notes.push_back(at_tick(quarter * 480));
      notes.push_back(at_tick(quarter * 480 + place));
    }
    const auto swing = estimate_swing(notes, meters);
    REQUIRE(swing);
    CHECK(swing->ratio == doctest::Approx(ratio));
    CHECK(swing->beats == 8);
    CHECK_FALSE(estimate_swing(notes, in_meter(6, 8)));
  }
}

TEST_CASE("estimate_swing: sixteenths and lone quarters tell nothing, shifts as played do") {
  const MeterMap meters(kComposedPpq);
  std::vector<Note> sixteenths, eighths;
  for (int i = 0; i < 32; ++i) sixteenths.push_back(at_tick(i * 120));
  for (int i = 0; i < 17; ++i) eighths.push_back(at_tick(i * 240));
  CHECK_FALSE(estimate_swing(sixteenths, meters));
  Performance performance;
  for (std::size_t i = 0; i < eighths.size(); ++i)
    performance.notes.push_back(
        {eighths[i].id, Duration(i % 2 == 1 ? 80 : 0), Duration(100), kPlainVelocity, {}});
  const auto swing = estimate_swing(eighths, meters, performance);
  REQUIRE(swing);
  CHECK(swing->ratio == doctest::Approx(2.0 / 3));
}

TEST_CASE("onset_positions: sixteenths from the stretch's onset, each once, its end left out") {
  const auto notes = tune::notes({{0, 60}, {4, 60}, {4, 64}, {5, 60}, {8, 60}});
  const auto found = onset_positions(notes, {Tick(480), Tick(1920)}, kComposedPpq);
  CHECK(found == std::vector<std::int64_t>{4, 6});
}

TEST_CASE("onset_likeness: all, none and half in common") {
  const std::vector<std::int64_t> a{0, 4, 8, 12}, b{0, 4, 6, 14}, none;
  CHECK(onset_likeness(a, a) == 1);
  CHECK(onset_likeness(a, b) == 0.5);
  CHECK(onset_likeness(a, none) == 0);
  CHECK(onset_likeness(none, none) == 1);
  CHECK(onset_likeness(a, std::vector<std::int64_t>{0, 4}) == doctest::Approx(2.0 / 3));
}
