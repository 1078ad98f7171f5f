// SPDX-License-Identifier: MIT
#include "tune.hpp"

#include <doctest/doctest.h>
#include <toccata/analysis/bar_shapes.hpp>

using namespace toccata;

namespace {
const MeterMap kMeters(kComposedPpq);
std::vector<std::uint64_t> shapes(const std::vector<tune::Eighth>& notes,
                                  const BarShapeOptions& options = {}) {
  return bar_shapes(tune::notes(notes), kMeters, options);
}
}  // namespace

TEST_CASE("bar_shapes: bars are equal note for note wherever they stand, empty ones have none") {
  const auto all = shapes({{0, 60}, {2, 64, 2}, {16, 60}, {18, 64, 2}, {24, 60}, {26, 65, 2}});
  REQUIRE(all.size() == 3);
  CHECK(all[0] == all[1]);
  CHECK(all[0] != all[2]);
}

TEST_CASE("bar_shapes: onset, pitch and duration each count") {
  const auto base = shapes({{0, 60}, {2, 64, 2}});
  CHECK(base != shapes({{0, 60}, {3, 64, 2}}));
  CHECK(base != shapes({{0, 60}, {2, 63, 2}}));
  CHECK(base != shapes({{0, 60}, {2, 64, 3}}));
  CHECK(shapes({{0, 60}, {2, 64, 2}}, {.durations = false}) ==
        shapes({{0, 60}, {2, 64, 3}}, {.durations = false}));
}

TEST_CASE("bar_shapes: counted from the tonic, a transposition is equal, another degree is not") {
  const auto in = [](int tonic, const std::vector<tune::Eighth>& notes) {
    return shapes(notes, {.tonic = PitchClass::folded(tonic)});
  };
  const auto c = in(0, {{0, 60}, {2, 64}});
  CHECK(c == in(7, {{0, 67}, {2, 71}}));
  CHECK(c == in(7, {{0, 55}, {2, 59}}));
  CHECK(c != in(0, {{0, 67}, {2, 71}}));
}

TEST_CASE("bar_shapes: what is played about an onset is on it") {
  auto played = tune::notes({{0, 60}, {2, 64, 2}});
  played[1].onset = played[1].onset + Duration(15);
  played[1].duration = played[1].duration - Duration(10);
  CHECK(bar_shapes(played, kMeters) == shapes({{0, 60}, {2, 64, 2}}));
  CHECK(bar_shapes(played, kMeters, {.per_quarter = 48}) !=
        shapes({{0, 60}, {2, 64, 2}}, {.per_quarter = 48}));
}

TEST_CASE("bar_shapes: bars with too few onsets are left out, a chord is one onset") {
  const std::vector<tune::Eighth> notes{{0, 60, 8}, {0, 64, 8}, {8, 60, 4}, {12, 62, 4}};
  CHECK(shapes(notes).size() == 2);
  CHECK(shapes(notes, {.fewest_onsets = 2}).size() == 1);
}

TEST_CASE("bar_shapes: a note doubled by another voice counts once") {
  CHECK(shapes({{0, 60, 2}, {0, 60, 2}, {4, 64}}) == shapes({{0, 60, 2}, {4, 64}}));
}
