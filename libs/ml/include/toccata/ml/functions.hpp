// SPDX-License-Identifier: MIT
// Functions of single numbers, applied to whole spans, with the same bits on every machine.
#pragma once

#include <cstdint>
#include <span>

namespace toccata::ml {

/// Only +, -, *, / and exact scaling by powers of two are used, in a fixed order.
/// Accuracy, against double precision: relative error under 3e-7, but where it says "absolute".
enum class Function : std::uint8_t {
  Exp,  ///< 0 under -87.3; at most e^88.3
  Tanh,
  Sigmoid,   ///< 1 / (1 + e^-x)
  Erf,       ///< absolute error under 5e-7
  Relu,      ///< max(x, 0), exact
  Gelu,      ///< x/2 (1 + erf(x / sqrt 2)); absolute error under 5e-7 (1 + |x|)
  GeluTanh,  ///< x/2 (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))); absolute, under 5e-7 (1 + |x|)
  Silu       ///< x / (1 + e^-x)
};

/// Replaces each x by function(x). Range: finite numbers.
/// Cost: O(n). Realtime: safe. Source: exp, tanh and erf up to 1: Moshier, Cephes 2.8 (single/);
/// erf from 1 on: Abramowitz and Stegun 7.1.26.
void map_each(Function function, std::span<float> x);

}  // namespace toccata::ml
