// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <vector>

#include <toccata/learn/metrics.hpp>

using namespace toccata::learn;

TEST_CASE("metrics: a perfect prediction has R2 1, the mean 0") {
  const std::vector<float> expected{10, 20, 30, 40};
  const auto perfect = measure(expected, std::vector<double>{10, 20, 30, 40});
  CHECK(perfect.r2 == 1);
  CHECK(perfect.mae == 0);
  CHECK(perfect.under_10 == 1);
  const auto mean = measure(expected, std::vector<double>(4, 25.0));
  CHECK(mean.r2 == 0);
  CHECK(mean.mae == 10);
  CHECK(mean.rmse == doctest::Approx(11.18034).epsilon(1e-6));
}

TEST_CASE("metrics: errors of exactly 10 and 20 count as between, and shares add up to 1") {
  const std::vector<float> expected(5, 0.0F);
  const auto metrics = measure(expected, std::vector<double>{9.5, 10, -20, 20.5, 0});
  CHECK(metrics.under_10 == doctest::Approx(0.4));
  CHECK(metrics.from_10_to_20 == doctest::Approx(0.4));
  CHECK(metrics.over_20 == doctest::Approx(0.2));
  CHECK(metrics.r2 == 0);
}
