// SPDX-License-Identifier: MIT
#include <vector>

#include <doctest/doctest.h>
#include <toccata/analysis/statistics.hpp>

using namespace toccata;

TEST_CASE("Distribution: quantiles lie between neighbours, ranks undo them") {
  const Distribution five({4, 1, 3, 2, 5});
  CHECK(five.quantile(0) == 1);
  CHECK(five.quantile(0.5) == 3);
  CHECK(five.quantile(1) == 5);
  CHECK(five.quantile(0.95) == doctest::Approx(4.8));
  CHECK(five.rank_of(0) == 0);
  CHECK(five.rank_of(3) == 0.5);
  CHECK(five.rank_of(9) == 1);
  CHECK(five.count_above(3) == 2);
  CHECK(Distribution({}).rank_of(1) == 0);
  CHECK(Distribution({7}).quantile(0.3) == 7);
}

TEST_CASE("mean_of: nothing without values") {
  CHECK_FALSE(mean_of({}));
  CHECK(mean_of(std::vector{1.0, 2.0, 6.0}) == 3);
}

TEST_CASE("test_paired: what always lies on one side is no chance, what lies on both is") {
  const std::vector<double> up{0.5, 0.4, 0.6, 0.5, 0.3, 0.7, 0.5, 0.5, 0.2, 0.8, 0.5, 0.4};
  const PairedTest clear = test_paired(up, 1);
  CHECK(clear.pairs == 12);
  CHECK(clear.mean == doctest::Approx(5.9 / 12));
  CHECK(clear.t == doctest::Approx(10.5047));
  CHECK(clear.p < 0.002);
  std::vector<double> both = up;
  for (std::size_t i = 0; i < both.size(); i += 2) both[i] = -both[i];
  CHECK(test_paired(both, 1).p > 0.2);
}

TEST_CASE("test_paired: one pair and pairs without difference prove nothing") {
  CHECK(test_paired({}, 1).p == 1);
  CHECK(test_paired(std::vector{3.0}, 1).p == 1);
  const PairedTest none = test_paired(std::vector{0.0, 0.0, 0.0}, 1);
  CHECK(none.t == 0);
  CHECK(none.p == 1);
}

TEST_CASE("test_paired: the p of four equal differences is that of counting all signs") {
  // Of 16 ways to draw the signs 2 are as far from 0.
  CHECK(test_paired(std::vector{1.0, 1.0, 1.0, 1.0}, 3).p == doctest::Approx(0.125).epsilon(0.1));
}
