// SPDX-License-Identifier: MIT
#include <array>
#include <set>

#include <doctest/doctest.h>
#include <toccata/base/sample_path.hpp>

using namespace toccata;

TEST_CASE("sample_path: a fixed last state shapes the way there") {
  Rng rng(1);
  for (int run = 0; run < 200; ++run) {
    // Steps of at most one on a line of ten; the walk must begin at 0 and end at 9 after nine
    // steps.
    const auto path = sample_path(
        10, 10,
        [](std::size_t t, std::size_t s) { return t == 0   ? s == 0
                                                  : t == 9 ? s == 9
                                                           : 1.0; },
        [](std::size_t, std::size_t a, std::size_t b) {
          return a + 1 >= b && b + 1 >= a ? 1.0 : 0.0;
        },
        rng);
    for (std::size_t t = 0; t < 10; ++t) CHECK(path[t] == t);
  }
}

TEST_CASE("sample_path: sequences appear in proportion to their products") {
  Rng rng(2);
  std::array<int, 4> seen{};
  for (int run = 0; run < 20'000; ++run) {
    const auto path = sample_path(
        2, 2, [](std::size_t t, std::size_t s) { return t == 0   ? 1.0
                                                        : s == 0 ? 1.0
                                                                 : 3.0; },
        [](std::size_t, std::size_t a, std::size_t b) { return a == b ? 2.0 : 1.0; }, rng);
    ++seen[path[0] * 2 + path[1]];
  }
  // Products: 00: 2, 01: 3, 10: 1, 11: 6; sum 12.
  CHECK(seen[0] == doctest::Approx(20'000 * 2 / 12.0).epsilon(0.05));
  CHECK(seen[1] == doctest::Approx(20'000 * 3 / 12.0).epsilon(0.05));
  CHECK(seen[2] == doctest::Approx(20'000 * 1 / 12.0).epsilon(0.08));
  CHECK(seen[3] == doctest::Approx(20'000 * 6 / 12.0).epsilon(0.05));
}

TEST_CASE("PathSampler: what is revised in the light of the path holds, and each draw is another") {
  const PathSampler sampler(
      6, 4, [](std::size_t, std::size_t) { return 1.0; },
      [](std::size_t, std::size_t, std::size_t) { return 1.0; });
  Rng rng(4);
  std::set<std::vector<std::size_t>> drawn;
  for (int run = 0; run < 50; ++run) {
    // No state comes twice as long as there are others.
    drawn.insert(sampler.draw(rng, [](const auto& path, std::vector<double>& odds) {
      if (path.size() < odds.size())
        for (const std::size_t state : path) odds[state] = 0;
    }));
  }
  CHECK(drawn.size() > 30);
  for (const auto& path : drawn)
    CHECK(std::set<std::size_t>(path.begin(), path.begin() + 4).size() == 4);
}

TEST_CASE("sample_path: without any way on it still gives states of positive weight") {
  Rng rng(3);
  const auto path = sample_path(
      5, 3, [](std::size_t, std::size_t s) { return s == 1 ? 1.0 : 0.0; },
      [](std::size_t, std::size_t, std::size_t) { return 0.0; }, rng);
  for (const auto state : path) CHECK(state == 1);
}
