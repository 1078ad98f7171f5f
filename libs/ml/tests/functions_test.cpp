// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <bit>
#include <cmath>
#include <string>
#include <vector>

#include <toccata/ml/functions.hpp>
#include <toccata/ml/simd.hpp>

using namespace toccata::ml;

namespace {

struct Row {
  Function function;
  const char* name;
  double (*exact)(double);
  double lowest, highest;
  double relative;           ///< what functions.hpp promises, or 0 ...
  double absolute;           ///< ... or this
  bool grows_with_argument;  ///< the absolute error times 1 + |x|
  std::uint64_t bits;        ///< a hash of many results: every machine and compiler gives this
};

double sigmoid(double x) { return 1 / (1 + std::exp(-x)); }
const Row kRows[] = {
    {Function::Exp, "exp", [](double x) { return std::exp(x); }, -87.2, 88.2, 3e-7, 0, false,
     5843867372916919577U},
    {Function::Tanh, "tanh", [](double x) { return std::tanh(x); }, -20, 20, 3e-7, 0, false,
     8270566762262210723U},
    {Function::Sigmoid, "sigmoid", sigmoid, -80, 80, 3e-7, 0, false, 10830843736697863157U},
    {Function::Silu, "silu", [](double x) { return x * sigmoid(x); }, -80, 80, 3e-7, 0, false,
     4959018971982953660U},
    {Function::Relu, "relu", [](double x) { return x > 0 ? x : 0; }, -9, 9, 1e-300, 0, false,
     13819272487975749531U},
    {Function::Erf, "erf", [](double x) { return std::erf(x); }, -6, 6, 0, 5e-7, false,
     2632904138044742861U},
    {Function::Gelu, "gelu", [](double x) { return x / 2 * (1 + std::erf(x / std::sqrt(2.0))); },
     -9, 9, 0, 5e-7, true, 7480068373387653249U},
    {Function::GeluTanh, "gelu by tanh",
     [](double x) {
       return x / 2 *
              (1 + std::tanh(std::sqrt(2 / 3.14159265358979324) * (x + 0.044715 * x * x * x)));
     },
     -9, 9, 0, 5e-7, true, 17845531534968345598U}};

/// Evenly over the range and, beside it, ever smaller numbers around 0.
std::vector<float> arguments(const Row& row) {
  std::vector<float> x;
  constexpr int kCount = 200'001;
  x.reserve(kCount + 2000);
  for (int i = 0; i < kCount; ++i)
    x.push_back(static_cast<float>(row.lowest + (row.highest - row.lowest) * i / (kCount - 1)));
  for (float size = 1; size > 1e-30F; size *= 0.9F) {
    x.push_back(size);
    x.push_back(-size);
  }
  return x;
}

}  // namespace

TEST_CASE("functions: each is as near to double precision as it says") {
  for (const Row& row : kRows) {
    CAPTURE(std::string(row.name));
    const std::vector<float> x = arguments(row);
    std::vector<float> y = x;
    map_each(row.function, y);
    double worst = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double at = static_cast<double>(x[i]), exact = row.exact(at);
      const double error = std::fabs(static_cast<double>(y[i]) - exact);
      const double unit = row.relative > 0          ? std::fabs(exact)
                          : row.grows_with_argument ? 1 + std::fabs(at)
                                                    : 1;
      if (error > 0) worst = std::max(worst, error / unit);
    }
    MESSAGE(std::string(row.name) << ": largest error " << worst);
    CHECK(worst <= std::max(row.relative, row.absolute));
  }
}

TEST_CASE("functions: the same bits on every instruction set, alone and among others") {
  for (const Row& row : kRows) {
    CAPTURE(std::string(row.name));
    const std::vector<float> x = arguments(row);
    std::vector<float> expected = x;
    for (float& value : expected) map_each(row.function, std::span(&value, 1));
    for (const std::string& level : simd_levels()) {
      CAPTURE(level);
      use_simd_level(level);
      std::vector<float> y = x;
      map_each(row.function, y);
      std::size_t different = 0;
      for (std::size_t i = 0; i < y.size(); ++i)
        different +=
            std::bit_cast<std::uint32_t>(y[i]) != std::bit_cast<std::uint32_t>(expected[i]);
      CHECK(different == 0);
    }
    use_best_simd_level();
  }
}

TEST_CASE("functions: the bits that every machine, compiler and build type gives") {
  for (const Row& row : kRows) {
    CAPTURE(std::string(row.name));
    std::vector<float> y = arguments(row);
    map_each(row.function, y);
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a, number by number
    for (const float value : y) hash = (hash ^ std::bit_cast<std::uint32_t>(value)) * 0x100000001b3;
    CHECK(hash == row.bits);
  }
}

TEST_CASE("functions: what lies beyond the range saturates") {
  std::vector<float> x{-1000, 1000, -88, 89, 0};
  map_each(Function::Exp, x);
  CHECK(x[0] == 0.0F);
  CHECK(x[1] == x[3]);
  CHECK(std::isfinite(x[1]));
  CHECK(x[2] == 0.0F);
  CHECK(x[4] == 1.0F);
  std::vector<float> t{-1000, 1000, -0.0F};
  map_each(Function::Tanh, t);
  CHECK(t[0] == -1.0F);
  CHECK(t[1] == 1.0F);
  CHECK(std::signbit(t[2]));
  std::vector<float> s{-1000, 1000};
  map_each(Function::Sigmoid, s);
  CHECK(s[0] >= 0.0F);
  CHECK(s[0] < 1e-37F);
  CHECK(s[1] == 1.0F);
}
