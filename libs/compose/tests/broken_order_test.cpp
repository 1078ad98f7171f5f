// SPDX-License-Identifier: MIT
#include <set>

#include <doctest/doctest.h>

#include "../src/broken_order.hpp"

using namespace toccata;

TEST_CASE("broken order: the lowest tone comes first, no tone comes twice in a row") {
  Rng rng(1);
  int low = 0;
  for (int drawn = 0; drawn < 200; ++drawn) {
    const auto order = draw_broken_order(2, 4, rng);
    REQUIRE(order.size() == 8);
    CHECK(order[0] == 0);
    low += order[4] == 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
      CHECK(order[i] < 4);
      const std::size_t next = order[(i + 1) % order.size()];
      for (const std::size_t tones : {3, 4}) {
        CHECK(broken_tone(order[i], tones) < tones);
        CHECK(broken_tone(order[i], tones) != broken_tone(next, tones));
      }
    }
  }
  // The second group begins so more often than not.
  CHECK(low > 100);
  CHECK(low < 190);
}

TEST_CASE("broken order: hands differ, Alberti's is among them") {
  Rng rng(1);
  std::set<std::vector<std::size_t>> orders;
  int alberti = 0;
  for (int drawn = 0; drawn < 200; ++drawn) {
    const auto order = draw_broken_order(1, 4, rng);
    orders.insert(order);
    alberti += order == std::vector<std::size_t>{0, 2, 1, 2};
  }
  CHECK(orders.size() > 10);
  CHECK(alberti > 5);
}

TEST_CASE("broken order: a chord of fewer tones turns at its highest") {
  for (const std::size_t step : {0, 1, 2, 3}) CHECK(broken_tone(step, 4) == step);
  CHECK(broken_tone(3, 3) == 1);
  CHECK(broken_tone(2, 2) == 0);
  CHECK(broken_tone(3, 1) == 0);
}
