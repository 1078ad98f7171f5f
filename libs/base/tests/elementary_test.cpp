// SPDX-License-Identifier: MIT
#include <bit>
#include <cmath>
#include <cstdint>

#include <doctest/doctest.h>
#include <toccata/base/elementary.hpp>

using namespace toccata;

TEST_CASE("elementary: exp and log agree with libm to 1e-14, relatively") {
  for (double x = -700; x < 700; x += 0.37) {
    CHECK(std::abs(exact_exp(x) / std::exp(x) - 1) < 1e-14);
    const double y = std::exp(x / 20);
    CHECK(std::abs(exact_log(y) - std::log(y)) < 1e-14 * (1 + std::abs(std::log(y))));
  }
}

TEST_CASE("elementary: sine and cosine agree with libm to 1e-14") {
  for (double x = -100; x < 100; x += 0.0137) {
    CHECK(std::abs(exact_sin(x) - std::sin(x)) < 1e-14);
    CHECK(std::abs(exact_cos(x) - std::cos(x)) < 1e-14);
  }
}

TEST_CASE("elementary: powers of two are exact both ways") {
  for (int n = -1000; n < 1000; n += 7) {
    CHECK(exact_exp2(n) == std::ldexp(1.0, n));
    CHECK(exact_log2(std::ldexp(1.0, n)) == n);
  }
  CHECK(std::abs(exact_pow(2.0, 7.0 / 12) - 1.498307076876681499) < 1e-14);
}

TEST_CASE("elementary: the ends are as in libm") {
  CHECK(std::isinf(exact_exp(1000)));
  CHECK(exact_exp(-1000) == 0);
  CHECK(std::isinf(exact_log(0)));
  CHECK(std::isnan(exact_log(-1)));
}

TEST_CASE("elementary: the bits are those first released") {
  CHECK(std::bit_cast<std::uint64_t>(exact_exp(1.0)) == 0x4005bf0a8b14576aULL);
  CHECK(std::bit_cast<std::uint64_t>(exact_log(10.0)) == 0x40026bb1bbb55516ULL);
}
