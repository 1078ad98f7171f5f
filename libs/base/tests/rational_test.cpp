// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/base/rational.hpp>

using toccata::Rational;

TEST_CASE("Rational: kept in lowest terms with a positive denominator") {
  CHECK(Rational(6, -8) == Rational(-3, 4));
  CHECK(Rational(0, -5) == Rational(0));
  CHECK(to_string(Rational(6, 8)) == "3/4");
  CHECK(to_string(Rational(8, 4)) == "2");
}

TEST_CASE("Rational: twelve triplet eighths are a whole bar, exactly") {
  Rational sum;
  for (int i = 0; i < 12; ++i) sum = sum + Rational(1, 12);
  CHECK(sum == Rational(1));
}

TEST_CASE("Rational: floor and nearest of negative values are not mirrored around zero") {
  CHECK(Rational(-1, 2).floor() == -1);
  CHECK(Rational(-1, 2).nearest() == 0);
  CHECK(Rational(1, 2).nearest() == 1);
  CHECK(Rational(-7, 4).nearest() == -2);
}

TEST_CASE("Rational: order and the four operations") {
  CHECK(Rational(1, 3) < Rational(1, 2));
  CHECK(Rational(-1, 2) < Rational(-1, 3));
  CHECK(Rational(3, 4) / Rational(3, 8) == Rational(2));
  CHECK(Rational(3, 4) - Rational(1, 4) == Rational(1, 2));
}
