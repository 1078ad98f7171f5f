// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/timeline/meter.hpp>
#include <toccata/timeline/meter_cursor.hpp>

using namespace toccata;

namespace {
constexpr Ppq kPpq = Ppq::literal(480);
std::vector<int> beats_of(int pulses, int unit) { return Meter::make(pulses, unit)->beats(); }
}  // namespace

TEST_CASE("Meter: simple, compound and additive meters have their felt beats") {
  CHECK(beats_of(2, 4) == std::vector{1, 1});
  CHECK(beats_of(3, 4) == std::vector{1, 1, 1});
  CHECK(beats_of(5, 4) == std::vector{1, 1, 1, 1, 1});
  CHECK(beats_of(3, 8) == std::vector{1, 1, 1});
  CHECK(beats_of(6, 8) == std::vector{3, 3});
  CHECK(beats_of(7, 8) == std::vector{2, 2, 3});
  CHECK(beats_of(9, 8) == std::vector{3, 3, 3});
  CHECK(beats_of(12, 8) == std::vector{3, 3, 3, 3});
  CHECK(parse_meter("3+2+2/8")->beats() == std::vector{3, 2, 2});
  CHECK(*parse_meter("2+2+3/8") == *parse_meter("7/8"));
}

TEST_CASE("Meter: figures out of range and other texts are refused") {
  for (const char* text :
       {"4/5", "0/4", "256/4", "4/256", "4", "/4", "4/", "-3/4", "3/4 ", "3+/8", "a/b", ""})
    CHECK_FALSE(parse_meter(text));
}

TEST_CASE("Meter: the bar line weighs most, finer positions less") {
  const Meter common = kCommonTime;
  CHECK(common.weight_at(Duration(0), kPpq) == 1.0);
  CHECK(common.weight_at(Duration(960), kPpq) == 0.75);
  CHECK(common.weight_at(Duration(480), kPpq) == 0.5);
  CHECK(common.weight_at(Duration(240), kPpq) == 0.125);
  CHECK(common.weight_at(Duration(120), kPpq) == 0.0625);
  const Meter seven = *Meter::make(7, 8);
  CHECK(seven.weight_at(Duration(960), kPpq) == 0.5);  // the third group
  CHECK(seven.weight_at(Duration(720), kPpq) == 0.25);
}

TEST_CASE("MeterMap: bar_at undoes onset_of through changes of meter") {
  const MeterMap map(kPpq, {{Tick(0), kCommonTime},
                            {Tick(4 * 1920), *Meter::make(7, 8)},
                            {Tick(4 * 1920 + 2 * 1680), *Meter::make(6, 8)}});
  for (int bar = 0; bar < 20; ++bar) {
    CHECK(map.bar_at(map.onset_of(Bar(bar))) == Bar(bar));
    CHECK(map.bar_at(map.end_of(Bar(bar)) - Duration(1)) == Bar(bar));
  }
  CHECK(map.onset_of(Bar(5)) == Tick(4 * 1920 + 1680));
}

TEST_CASE("MeterMap: a change in the middle of a bar cuts it short") {
  const MeterMap map(kPpq, {{Tick(1000), *Meter::make(3, 4)}});
  CHECK(map.bar_at(Tick(999)) == Bar(0));
  CHECK(map.bar_at(Tick(1000)) == Bar(1));
  CHECK(map.onset_of(Bar(2)) == Tick(1000 + 1440));
}

TEST_CASE("MeterMap: a pick-up bar is bar -1 and prints as 0") {
  const MeterMap map(kPpq, {{Tick(0), *Meter::make(1, 4)}, {Tick(480), *Meter::make(3, 4)}},
                     MeterMap::Pickup::FirstBar);
  CHECK(map.bar_at(Tick(0)).printed() == 0);
  CHECK(map.bar_at(Tick(480)).printed() == 1);
  CHECK(map.onset_of(Bar(1)) == Tick(480 + 1440));
}

TEST_CASE("MeterMap: tick_at undoes bar_beat_at, in 7/8 too") {
  const MeterMap map(kPpq, {{Tick(0), *Meter::make(7, 8)}});
  for (std::int64_t tick = 0; tick < 6000; tick += 37)
    CHECK(map.tick_at(map.bar_beat_at(Tick(tick))) == Tick(tick));
  CHECK(map.bar_beat_at(Tick(1680 + 960)).beat == 2);
}

TEST_CASE("MeterMap: beats of one length and of several are counted alike") {
  for (const char* text : {"4/4", "3/4", "6/8", "5/8", "7/8", "2+3/4", "1/1", "5/16", "255/128"}) {
    const Meter meter = *parse_meter(text);
    for (const int ppq : {1, 5, 24, 480}) {
      const MeterMap map(*Ppq::from_number(ppq), {{Tick(0), meter}});
      const auto onsets = meter.beat_onsets(map.ppq());
      for (std::int64_t tick = -3; tick < 2 * map.end_of(Bar(0)).ticks(); ++tick) {
        const BarBeat place = map.bar_beat_at(Tick(tick));
        const Duration into_bar = Tick(tick) - map.onset_of(place.bar);
        const auto beat = static_cast<std::size_t>(place.beat);
        const bool is_last = beat + 1 == onsets.size();
        const bool holds = place.into_beat == into_bar - onsets[beat] &&
                           (beat == 0 || onsets[beat] <= into_bar) &&
                           (is_last || into_bar < onsets[beat + 1]);
        CHECK_MESSAGE(holds, text << " at " << tick);
        if (!holds) return;
      }
    }
  }
}

TEST_CASE("MeterCursor: answers what the map does, in any order of points") {
  const MeterMap plain(kPpq), ending(kPpq,
                                     {{Tick(0), *parse_meter("6/8")},
                                      {Tick(3000), *parse_meter("2+3/4")},
                                      {Tick(9000), *parse_meter("6/8")},
                                      {Tick(std::int64_t{1} << 58), *parse_meter("7/8")}},
                                     MeterMap::Pickup::FirstBar);
  for (const MeterMap* map : {&plain, &ending}) {
    MeterCursor place(*map);
    std::int64_t at = -5;
    for (int i = 0; i < 4000; ++i) {
      // On by a little, now and then far back or beyond the last bar that can be counted.
      at = i % 400 == 399 ? 17 : i % 1000 == 998 ? (std::int64_t{1} << 59) : at + i % 61;
      place.go(Tick(at));
      REQUIRE(place.bar() == map->bar_at(Tick(at)));
      REQUIRE(place.begin() == map->onset_of(place.bar()));
      REQUIRE(place.end() == map->end_of(place.bar()));
      REQUIRE(place.meter() == map->meter_at(Tick(at)));
      REQUIRE(place.weight() == map->weight_at(Tick(at)));
      REQUIRE(place.bar_beat() == map->bar_beat_at(Tick(at)));
      if (i % 1000 == 998) at = 0;
    }
  }
}

TEST_CASE("MeterMap: a bar shorter than one tick does not stop time") {
  const MeterMap map(Ppq::literal(1), {{Tick(0), *Meter::make(1, 128)}});
  CHECK(map.bar_at(Tick(10)) == Bar(10));
}

TEST_CASE("MeterMap: what lies beyond the last bar that can be counted belongs to that one") {
  const Tick far(std::int64_t{1} << 60);
  const MeterMap map(Ppq::literal(1), {{far, *Meter::make(3, 4)}});
  for (const Tick at : {far - Duration(1), far, far + (far - Tick(0))}) {
    const Bar bar = map.bar_at(at);
    CHECK(bar == Bar(Bar::kLast));
    CHECK(map.onset_of(bar) <= at);
    CHECK(map.bar_beat_at(at).bar == bar);
  }
}

TEST_CASE("Meter: pulses begin at the nearest tick, halves a tick later") {
  const Meter sixteenths = *Meter::make(5, 16);
  CHECK(sixteenths.pulse_onset(1, Ppq::literal(2)) == Duration(1));  // 0.5
  CHECK(sixteenths.pulse_onset(2, Ppq::literal(2)) == Duration(1));
  CHECK(sixteenths.pulse_onset(3, Ppq::literal(2)) == Duration(2));  // 1.5
  CHECK(sixteenths.bar(Ppq::literal(480)) == Duration(600));
  CHECK(Meter::make(255, 1)->bar(Ppq::literal(Ppq::kHighest)) == Duration(255 * 4 * 32767));
}

TEST_CASE("Swing: triplet swing plays the off-beat at two thirds, and keeps the beat") {
  const Swing swing = *Swing::from_percent(67);
  CHECK(swing.swung(Duration(240), Duration(480)) == Duration(322));
  CHECK(swing.swung(Duration(0), Duration(480)) == Duration(0));
  CHECK(swing.swung(Duration(480), Duration(480)) == Duration(480));
  CHECK(swing.swung(Duration(360), Duration(480)) == Duration(401));  // 400.8
  CHECK(swing.swung(Duration(1), Duration(3)) == Duration(1));        // an odd beat: 1.34
  CHECK(Swing().swung(Duration(123), Duration(480)) == Duration(123));
  CHECK_FALSE(Swing::from_percent(49));
  CHECK_FALSE(Swing::from_percent(76));
}
