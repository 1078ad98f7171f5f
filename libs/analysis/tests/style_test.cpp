// SPDX-License-Identifier: MIT
#include "tune.hpp"

#include <doctest/doctest.h>
#include <toccata/analysis/style.hpp>

using namespace toccata;

TEST_CASE("style_of: figures of the bars asked for and of no others") {
  const Score score =
      tune::score(tune::notes({{0, 30}, {8, 60, 2}, {10, 64, 2}, {12, 67, 4}, {24, 62}, {40, 90}}));
  const auto style = style_of(score, PartId(1), {Bar(1), Bar(4)});
  CHECK(style.note_count == 4);
  CHECK(style.density == std::vector{3, 0, 1});
  CHECK(style.empty_share == doctest::Approx(1.0 / 3));
  CHECK(style.notes_per_bar() == doctest::Approx(4.0 / 3));
  CHECK(style.range->lowest == Pitch::literal(60));
  CHECK(style.range->highest == Pitch::literal(67));
  CHECK(style.register_number.mean == doctest::Approx(63.25));
  CHECK(style.grid.per_quarter == 1);
  CHECK_FALSE(style.velocity);
  CHECK(style.repeats.empty());
}

TEST_CASE("style_of: velocities and swing come from the performance") {
  const Score score = tune::score(tune::notes({{0, 60}, {1, 60}, {2, 60}, {3, 60}, {4, 60}}));
  Performance performance = make_plain_performance(score);
  performance.notes[0].velocity = Velocity::literal(100);
  performance.notes[1].shift = Duration(80);
  performance.notes[3].shift = Duration(80);
  const auto style = style_of(score, performance, PartId(1), bars_of(score));
  CHECK(style.velocity->mean == doctest::Approx(84));
  CHECK(style.velocity->deviation == doctest::Approx(8));
  CHECK(style.swing->ratio == doctest::Approx(2.0 / 3));
}

TEST_CASE("style_of: a part that is missing or empty has no notes") {
  const Score score = tune::score(tune::notes({{0, 60}}));
  for (const auto& style :
       {style_of(score, PartId(7), bars_of(score)), style_of(score, PartId(1), {Bar(0), Bar(0)}),
        style_of(Score(), PartId(1), {Bar(0), Bar(2)})}) {
    CHECK(style.note_count == 0);
    CHECK_FALSE(style.range);
    CHECK_FALSE(style.swing);
    CHECK(style.polyphony == Polyphony{});
  }
}

TEST_CASE("bars: ranges are clipped to the score's first bar and to what is analysed") {
  Score score;
  score.end = Tick(std::int64_t{1} << 40);
  CHECK(bars_of(score).size() == kMostAnalysedBars);
  CHECK(clipped({Bar(-3), Bar(2)}, score.meter) == BarRange{Bar(0), Bar(2)});
  CHECK(clipped({Bar(5), Bar(2)}, score.meter).size() == 0);
  CHECK(slices_of({Bar(0), Bar(9)}, score.meter, Slice::Beat).size() == 36);
}

TEST_CASE("slices_of: bars are cut at the beat nearest the middle, without gaps") {
  const MeterMap meters(kComposedPpq, {{Tick(0), *Meter::make(3, 4)}});
  const auto halves = slices_of({Bar(0), Bar(2)}, meters, Slice::HalfBar);
  REQUIRE(halves.size() == 4);
  CHECK(halves[0] == Span{Tick(0), Tick(960)});
  for (std::size_t i = 1; i < halves.size(); ++i) CHECK(halves[i - 1].end == halves[i].onset);
  const MeterMap one(kComposedPpq, {{Tick(0), *Meter::make(1, 4)}});
  CHECK(slices_of({Bar(0), Bar(2)}, one, Slice::HalfBar).size() == 2);
}
