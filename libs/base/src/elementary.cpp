// SPDX-License-Identifier: MIT
#include <cmath>
#include <limits>

#include <toccata/base/elementary.hpp>

namespace toccata {
namespace {

// ldexp, frexp, floor and fabs are exact by the standard (no rounding is involved), so they are the
// same everywhere. ln 2 and pi/2 are held as a high and a low part, so that reduction loses
// nothing.
constexpr double kLn2High = 0x1.62e42fee00000p-1, kLn2Low = 0x1.a39ef35793c76p-33;
constexpr double kHalfPiHigh = 0x1.921fb54400000p+0, kHalfPiMiddle = 0x1.0b4611a600000p-34,
                 kHalfPiLow = 0x1.3198a2e037073p-69;

/// e^r for |r| <= ln(2)/2 by its Taylor series, Horner's way.
double exp_reduced(double r) {
  double sum = 1.0;
  for (int n = 15; n >= 1; --n) sum = 1.0 + r / n * sum;
  return sum;
}

double sin_reduced(double r) {
  const double square = r * r;
  double sum = 1.0;
  for (int n = 10; n >= 1; --n) sum = 1.0 - square / ((2 * n) * (2 * n + 1)) * sum;
  return r * sum;
}

double cos_reduced(double r) {
  const double square = r * r;
  double sum = 1.0;
  for (int n = 10; n >= 1; --n) sum = 1.0 - square / ((2 * n - 1) * (2 * n)) * sum;
  return sum;
}

/// The sine of x turned on by a number of quarter turns.
double sin_turned(double x, int quarter_turns) {
  const double quarters = std::floor(x / (kPi / 2) + 0.5);
  const double r =
      ((x - quarters * kHalfPiHigh) - quarters * kHalfPiMiddle) - quarters * kHalfPiLow;
  const auto turn = (static_cast<long long>(quarters) + quarter_turns) & 3;
  const double value = (turn & 1) != 0 ? cos_reduced(r) : sin_reduced(r);
  return (turn & 2) != 0 ? -value : value;
}

}  // namespace

double exact_exp(double x) {
  if (!(x <= 709.78)) return x > 0 ? std::numeric_limits<double>::infinity() : x;
  if (x < -745.2) return 0.0;
  const double halvings = std::floor(x / (kLn2High + kLn2Low) + 0.5);
  const double r = (x - halvings * kLn2High) - halvings * kLn2Low;
  return std::ldexp(exp_reduced(r), static_cast<int>(halvings));
}

double exact_log(double x) {
  if (!(x > 0))
    return x == 0 ? -std::numeric_limits<double>::infinity()
                  : std::numeric_limits<double>::quiet_NaN();
  if (x == std::numeric_limits<double>::infinity()) return x;
  int exponent = 0;
  double mantissa = std::frexp(x, &exponent);
  if (mantissa < 0.70710678118654752440) {
    mantissa *= 2;
    --exponent;
  }
  // log m = 2 artanh((m-1)/(m+1)), whose series converges fast for m in [0.707, 1.414].
  const double ratio = (mantissa - 1) / (mantissa + 1), square = ratio * ratio;
  double sum = 0;
  for (int n = 21; n >= 1; --n) sum = 1.0 / (2 * n - 1) + square * sum;
  return exponent * kLn2High + (exponent * kLn2Low + 2 * ratio * sum);
}

double exact_sin(double x) { return sin_turned(x, 0); }
double exact_cos(double x) { return sin_turned(x, 1); }

double exact_exp2(double x) {
  if (!(x <= 1024)) return x > 0 ? std::numeric_limits<double>::infinity() : x;
  if (x < -1075) return 0.0;
  const double whole = std::floor(x + 0.5);
  return std::ldexp(exp_reduced((x - whole) * (kLn2High + kLn2Low)), static_cast<int>(whole));
}

double exact_log2(double x) {
  int exponent = 0;
  if (x > 0 && std::frexp(x, &exponent) == 0.5) return exponent - 1;
  return exact_log(x) / (kLn2High + kLn2Low);
}

double exact_pow(double base, double exponent) { return exact_exp(exponent * exact_log(base)); }

}  // namespace toccata
