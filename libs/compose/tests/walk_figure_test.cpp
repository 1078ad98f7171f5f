// SPDX-License-Identifier: MIT
#include <array>
#include <cstdlib>
#include <set>

#include <doctest/doctest.h>

#include "../src/walk_figure.hpp"

using namespace toccata;

TEST_CASE("walk path: it begins where asked and passes seconds and fourths by step") {
  Rng rng(1);
  std::set<WalkPath> paths;
  for (int drawn = 0; drawn < 500; ++drawn) {
    const int goal = drawn % 8;
    const WalkPath path = draw_walk_path(4, 0, goal, rng);
    REQUIRE(path.size() == 4);
    CHECK(path[0] == 0);
    CHECK_FALSE(passes(path[2]));
    for (const std::size_t weak : {1u, 3u}) {
      const int after = weak == 1 ? path[2] : goal;
      if (passes(path[weak])) CHECK(std::abs(after - path[weak]) <= 1);
    }
    paths.insert(path);
  }
  CHECK(paths.size() > 150);
}

TEST_CASE("walk path: odd bars have a tone a beat too") {
  Rng rng(1);
  for (const int beats : {1, 2, 3, 5, 7})
    CHECK(draw_walk_path(beats, 0, 4, rng).size() == static_cast<std::size_t>(beats));
}

TEST_CASE("walk path: a tone in passing is not held where it should go on") {
  const BarGrid grid(kCommonTime);
  const auto beat = [&](int index) { return WalkStroke{grid.beat_onset(index), WalkTurn::Walks}; };
  const WalkPath path{0, 1, 2, 4};
  CHECK(settled_path(grid, {path, {beat(0), beat(1), beat(2), beat(3)}}) == path);
  CHECK(settled_path(grid, {path, {beat(0), beat(1), beat(3)}}) == WalkPath{0, 0, 2, 4});
}

TEST_CASE("walk figure: two bars from the root, each struck on the bar line") {
  const BarGrid grid(kCommonTime);
  RhythmManner manner;
  manner.onsets = {1, 1, 1, 0.5, 0};
  manner.figures = 0.3;
  manner.leans.fill(1);
  std::set<std::size_t> strokes;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const auto figure = draw_walk_figure(grid, manner, 1, Rng(seed));
    CHECK(figure[0].path.front() == 0);
    for (const WalkBar& bar : figure) {
      CHECK(bar.strokes.front().at == Duration(0));
      strokes.insert(bar.strokes.size());
    }
  }
  CHECK(strokes.size() > 3);
}
