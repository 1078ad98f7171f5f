// SPDX-License-Identifier: MIT
// Elementary functions with the same bits on every machine, which a C library's do not promise.
#pragma once

namespace toccata {

/// Only +, -, *, / and exact scaling by powers of two are used, in a fixed order.
/// Accuracy: relative error under 1e-14 over the ranges named (sine and cosine: absolute).

/// e to the x. Range: any; over 709 gives infinity, under -745 gives 0.
double exact_exp(double x);
/// Natural logarithm. Range: x over 0; 0 gives -infinity, below it NaN.
double exact_log(double x);
/// Sine of x radians. Range: |x| up to 1e6.
double exact_sin(double x);
/// Cosine of x radians. Range: |x| up to 1e6.
double exact_cos(double x);
/// 2 to the x: exact for whole x in the range of normal doubles.
double exact_exp2(double x);
/// Logarithm to base 2. Range: x over 0.
double exact_log2(double x);
/// base to the exponent. Range: base over 0.
double exact_pow(double base, double exponent);

inline constexpr double kPi = 3.14159265358979323846;

}  // namespace toccata
