// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>

#include <doctest/doctest.h>
#include <toccata/timeline/tempo.hpp>

using namespace toccata;

TEST_CASE("Tempo: beats per minute are a view of micros per quarter") {
  CHECK(Tempo::from_bpm(120)->micros_per_quarter() == 500'000);
  CHECK(Tempo::from_bpm(110)->bpm() == doctest::Approx(110).epsilon(1e-5));
  for (double bpm : {0.0, -1.0, 3.0, 1e9, std::nan(""), std::numeric_limits<double>::infinity()})
    CHECK_FALSE(Tempo::from_bpm(bpm));
}

TEST_CASE("TempoMap: seconds_at undoes tick_at within half a tick") {
  const TempoMap map(Ppq::literal(480), {{Tick(0), *Tempo::from_bpm(90)},
                                         {Tick(1000), *Tempo::from_bpm(133)},
                                         {Tick(5000), *Tempo::from_bpm(61.7)}});
  for (std::int64_t tick = 0; tick < 20'000; tick += 7)
    CHECK(map.tick_at(map.seconds_at(Tick(tick))) == Tick(tick));
}

TEST_CASE("TempoMap: before the first change it is 120 quarters per minute") {
  const TempoMap map(Ppq::literal(480), {{Tick(960), *Tempo::from_bpm(60)}});
  CHECK(map.seconds_at(Tick(960)).value() == doctest::Approx(1.0));
  CHECK(map.seconds_at(Tick(1440)).value() == doctest::Approx(2.0));
  CHECK(map.tick_at(Seconds(2.0)) == Tick(1440));
}

TEST_CASE("tempo changes at one tick: the last one wins") {
  const TempoMap map(Ppq::literal(480),
                     {{Tick(0), *Tempo::from_bpm(90)}, {Tick(0), *Tempo::from_bpm(60)}});
  CHECK(map.changes().size() == 1);
  CHECK(map.seconds_at(Tick(480)).value() == doctest::Approx(1.0));
}
