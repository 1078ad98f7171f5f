// SPDX-License-Identifier: MIT
#include "tune.hpp"

#include <doctest/doctest.h>
#include <toccata/analysis/phrases.hpp>

using namespace toccata;

TEST_CASE("melody_line: the highest note of each onset") {
  const auto line = melody_line(tune::notes({{0, 60}, {0, 67}, {1, 64}, {2, 72}, {2, 48}}));
  REQUIRE(line.size() == 3);
  CHECK(line[0].pitch == Pitch::literal(67));
  CHECK(line[2].pitch == Pitch::literal(72));
}

TEST_CASE("interval_shares: repeats in the middle, leaps beyond an octave at the ends") {
  const auto shares = interval_shares(tune::notes({{0, 60}, {1, 60}, {2, 62}, {3, 40}, {4, 80}}));
  CHECK(shares[12] == doctest::Approx(0.25));
  CHECK(shares[14] == doctest::Approx(0.25));
  CHECK(shares[0] == doctest::Approx(0.25));
  CHECK(shares[24] == doctest::Approx(0.25));
  CHECK(interval_shares(tune::notes({{0, 60}}))[12] == 0);
}

TEST_CASE("polyphony_of: a note that ends where the next begins does not sound with it") {
  const auto line = polyphony_of(tune::notes({{0, 60}, {1, 62}, {4, 64}}));
  CHECK(line.most == 1);
  CHECK(line.mean == doctest::Approx(1));
  CHECK(line.chord_share == 0);
  const auto chords = polyphony_of(tune::notes({{0, 60, 2}, {0, 64, 2}, {0, 67, 2}, {2, 60, 2}}));
  CHECK(chords.most == 3);
  CHECK(chords.mean == doctest::Approx(2));
  CHECK(chords.chord_share == doctest::Approx(0.5));
  CHECK(polyphony_of({}) == Polyphony{});
}

TEST_CASE("find_phrases: a long note and a rest part phrases") {
  const auto line = tune::notes({{0, 60},
                                 {1, 62},
                                 {2, 64},
                                 {3, 65},
                                 {4, 67, 3},
                                 {8, 67},
                                 {9, 65},
                                 {10, 64},
                                 {11, 62},
                                 {12, 60, 3}});
  CHECK(find_phrases(line) == std::vector<LinePhrase>{{0, 5}, {5, 10}});
  CHECK(find_phrases({}).empty());
  CHECK(find_phrases(tune::notes({{0, 60}})) == std::vector<LinePhrase>{{0, 1}});
}

TEST_CASE("find_repeats: each bar in the closest way it comes again") {
  const auto notes = tune::notes(
      {{0, 60}, {1, 64}, {8, 60}, {9, 64}, {16, 62}, {17, 66}, {24, 71}, {25, 60}, {40, 60, 2}});
  const auto repeats = find_repeats(notes, MeterMap(kComposedPpq), {Bar(0), Bar(6)});
  REQUIRE(repeats.size() == 3);
  CHECK(repeats[0] == BarRepeat{Bar(1), Bar(0), Repeat::Exact, 0});
  CHECK(repeats[1] == BarRepeat{Bar(2), Bar(0), Repeat::Transposed, 2});
  CHECK(repeats[2] == BarRepeat{Bar(3), Bar(0), Repeat::Rhythm, 0});
}

TEST_CASE("bar_likeness: the same bars are wholly alike, others not at all") {
  const auto notes = tune::notes({{0, 60}, {1, 64}, {8, 60}, {9, 65}, {16, 72}});
  const MeterMap meters(kComposedPpq);
  CHECK(bar_likeness(notes, meters, Bar(0), Bar(0)) == 1);
  CHECK(bar_likeness(notes, meters, Bar(0), Bar(1)) == doctest::Approx(1.0 / 3));
  CHECK(bar_likeness(notes, meters, Bar(0), Bar(2)) == 0);
  CHECK(bar_likeness(notes, meters, Bar(3), Bar(4)) == 1);
}
