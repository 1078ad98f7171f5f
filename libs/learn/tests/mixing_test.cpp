// SPDX-License-Identifier: MIT
#include <toccata/learn/mixing.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <initializer_list>

#include <toccata/base/rng.hpp>

using namespace toccata;
using namespace toccata::learn;

namespace {

struct Pair {
  Foretold one, other;
};

/// A hundred rows of each composition, of which a share of the other learner is right.
Pair made(std::initializer_list<double> shares) {
  Pair pair;
  Rng rng(1);
  std::uint32_t composition = 0;
  for (const double share : shares) {
    for (int row = 0; row < 100; ++row) {
      const double one = rng.normal(), other = rng.normal();
      pair.one.predicted.push_back(one);
      pair.other.predicted.push_back(other);
      pair.one.rows.targets.push_back(static_cast<float>(one + share * (other - one)));
      pair.one.rows.composition.push_back(composition);
    }
    ++composition;
  }
  pair.other.rows = pair.one.rows;
  return pair;
}

double share_of(const Pair& pair) { return mixing_share(pair.one, pair.other); }

}  // namespace

TEST_CASE("mixing_share: what all compositions agree on is taken") {
  CHECK(share_of(made({0.8, 0.8, 0.8})) == doctest::Approx(0.8).epsilon(1e-6));
  CHECK(share_of(made({0.1, 0.1})) == doctest::Approx(0.1).epsilon(1e-6));
}

TEST_CASE("mixing_share: the less they agree, the nearer it is to a half") {
  const double nearly = share_of(made({0.75, 0.8, 0.85, 0.8}));
  const double hardly = share_of(made({0.0, 1.6, 0.0, 1.6}));
  CHECK(nearly > 0.78);
  CHECK(nearly < 0.805);
  CHECK(hardly > 0.5);
  CHECK(hardly < 0.7);
}

TEST_CASE("mixing_share: it is a share") {
  CHECK(share_of(made({1.7, 1.7, 1.7})) == 1);
  CHECK(share_of(made({-0.4, -0.4, -0.4})) == 0);
}

TEST_CASE("mixing_share: one composition says nothing of others; what is the same is not mixed") {
  CHECK(share_of(made({})) == 0);
  CHECK(share_of(made({0.9})) == 0.5);
  Pair same = made({0.9, 0.2});
  same.other.predicted = same.one.predicted;
  CHECK(share_of(same) == 0);
}

TEST_CASE("mixing_share: a composition that outweighs all others, and what is no number") {
  Pair pair = made({0.9, 0.2, 0.3});
  for (std::size_t row = 0; row < 100; ++row) pair.other.predicted[row] *= 1e12;
  CHECK(share_of(pair) >= 0);
  CHECK(share_of(pair) <= 1);
  for (const double value : {std::nan(""), HUGE_VAL}) {
    Pair broken = made({0.9, 0.2});
    for (double& predicted : broken.other.predicted) predicted = value;
    CHECK(share_of(broken) == 0);
  }
}
