// SPDX-License-Identifier: MIT
// One number in, one number out. Sources of the approximations: toccata/ml/functions.hpp.
#include "kernels/kernels.hpp"
#include "kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/elementwise.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "kernels/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace toccata::ml::kernels {
namespace HWY_NAMESPACE {

/// first * x^n + ... + last, Horner's way.
template <class... More>
HWY_INLINE FloatVector polynomial(FloatVector x, float first, More... more) {
  auto sum = all(first);
  ((sum = hn::Add(hn::Mul(sum, x), all(more))), ...);
  return sum;
}

HWY_INLINE FloatVector exp_of(FloatVector x) {
  const auto highest = all(88.3F), lowest = all(-87.3F);
  const auto inside = hn::Max(hn::Min(x, highest), lowest);
  // Adding and taking away 1.5 * 2^23 rounds to whole numbers, on every machine.
  const auto rounder = all(12582912.0F);
  const auto shifted = hn::Add(hn::Mul(inside, all(1.44269504F)), rounder);
  const auto doublings = hn::Sub(shifted, rounder);
  // ln 2 in two parts, so that the first product is exact.
  const auto r = hn::Sub(hn::Sub(inside, hn::Mul(doublings, all(0.693359375F))),
                         hn::Mul(doublings, all(-2.12194440e-4F)));
  const auto tail = polynomial(r, 1.9875691500e-4F, 1.3981999507e-3F, 8.3334519073e-3F,
                               4.1665795894e-2F, 1.6666665459e-1F, 5.0000001201e-1F);
  const auto value = hn::Add(hn::Add(hn::Mul(tail, hn::Mul(r, r)), r), all(1.0F));
  const auto exponent =
      hn::ShiftLeft<23>(hn::Add(hn::ConvertTo(Ints(), doublings), hn::Set(Ints(), 127)));
  const auto result = hn::Mul(value, hn::BitCast(Floats(), exponent));
  return hn::IfThenElseZero(hn::Ge(x, lowest), result);
}

/// A quotient before it is divided: a division costs as much as all else of a function, and the
/// product of two quotients takes one.
struct Quotient {
  FloatVector above, below;
  HWY_INLINE FloatVector value() const { return hn::Div(above, below); }
};
HWY_INLINE Quotient operator*(const Quotient& a, const Quotient& b) {
  return {hn::Mul(a.above, b.above), hn::Mul(a.below, b.below)};
}

HWY_INLINE Quotient sigmoid_quotient(FloatVector x) {
  return {all(1.0F), hn::Add(all(1.0F), exp_of(hn::Neg(x)))};
}
HWY_INLINE FloatVector sigmoid_of(FloatVector x) { return sigmoid_quotient(x).value(); }

HWY_INLINE Quotient tanh_quotient(FloatVector x) {
  const auto one = all(1.0F), size = hn::Abs(x), square = hn::Mul(x, x);
  const auto series = polynomial(square, -5.70498872745e-3F, 2.06390887954e-2F, -5.37397155531e-2F,
                                 1.33314422036e-1F, -3.33332819422e-1F);
  const auto small = hn::Add(hn::Mul(hn::Mul(series, square), x), x);
  const auto decay = exp_of(hn::Neg(hn::Add(size, size)));
  const auto is_small = hn::Lt(size, all(0.625F));
  return {hn::CopySign(hn::IfThenElse(is_small, small, hn::Sub(one, decay)), x),
          hn::IfThenElse(is_small, one, hn::Add(one, decay))};
}
HWY_INLINE FloatVector tanh_of(FloatVector x) { return tanh_quotient(x).value(); }

HWY_INLINE FloatVector erf_of(FloatVector x) {
  const auto size = hn::Abs(x), square = hn::Mul(x, x);
  const auto small =
      hn::Mul(x, polynomial(square, 7.853861353153693e-5F, -8.010193625184903e-4F,
                            5.188327685732524e-3F, -2.685381193529856e-2F, 1.128358514861418e-1F,
                            -3.761262582423300e-1F, 1.128379165726710F));
  const auto t = hn::Div(all(1.0F), hn::Add(hn::Mul(all(0.3275911F), size), all(1.0F)));
  const auto tail = hn::Mul(
      polynomial(t, 1.061405429F, -1.453152027F, 1.421413741F, -0.284496736F, 0.254829592F), t);
  const auto large = hn::Sub(all(1.0F), hn::Mul(tail, exp_of(hn::Neg(square))));
  return hn::CopySign(hn::IfThenElse(hn::Lt(size, all(1.0F)), small, large), x);
}

HWY_INLINE FloatVector half_one_plus(FloatVector x, FloatVector y) {
  return hn::Mul(hn::Mul(all(0.5F), x), hn::Add(all(1.0F), y));
}

struct Exp {
  HWY_INLINE FloatVector of(FloatVector x) const { return exp_of(x); }
};
struct ExpLess {
  float shift;
  HWY_INLINE FloatVector of(FloatVector x) const { return exp_of(hn::Sub(x, all(shift))); }
};
struct Scale {
  float factor;
  HWY_INLINE FloatVector of(FloatVector x) const { return hn::Mul(x, all(factor)); }
};
struct Tanh {
  HWY_INLINE FloatVector of(FloatVector x) const { return tanh_of(x); }
};
struct Sigmoid {
  HWY_INLINE FloatVector of(FloatVector x) const { return sigmoid_of(x); }
};
struct Erf {
  HWY_INLINE FloatVector of(FloatVector x) const { return erf_of(x); }
};
struct Relu {
  HWY_INLINE FloatVector of(FloatVector x) const {
    return hn::IfThenElseZero(hn::Gt(x, hn::Zero(Floats())), x);
  }
};
struct Gelu {
  HWY_INLINE FloatVector of(FloatVector x) const {
    return half_one_plus(x, erf_of(hn::Mul(x, all(0.70710678F))));
  }
};
struct GeluTanh {
  HWY_INLINE FloatVector of(FloatVector x) const {
    const auto cube = hn::Mul(hn::Mul(x, x), x);
    const auto inner = hn::Add(x, hn::Mul(all(0.044715F), cube));
    return half_one_plus(x, tanh_of(hn::Mul(all(0.79788456F), inner)));
  }
};
struct Silu {
  HWY_INLINE FloatVector of(FloatVector x) const { return hn::Mul(x, sigmoid_of(x)); }
};

template <class Map>
HWY_INLINE void replace(float* x, std::size_t count, Map map) {
  for (std::size_t i = 0; i < count; i += kWidth)
    store_some(map.of(load_some(x + i, count - i)), x + i, count - i);
}

void scale(float* x, std::size_t count, float factor) { replace(x, count, Scale{factor}); }
void exp_less(float* x, std::size_t count, float shift) { replace(x, count, ExpLess{shift}); }

void map_each(Function function, float* x, std::size_t count) {
  switch (function) {
    case Function::Exp: return replace(x, count, Exp{});
    case Function::Tanh: return replace(x, count, Tanh{});
    case Function::Sigmoid: return replace(x, count, Sigmoid{});
    case Function::Erf: return replace(x, count, Erf{});
    case Function::Relu: return replace(x, count, Relu{});
    case Function::Gelu: return replace(x, count, Gelu{});
    case Function::GeluTanh: return replace(x, count, GeluTanh{});
    case Function::Silu: return replace(x, count, Silu{});
  }
}

void normalise(const float* x, std::size_t count, float centre, float factor, const float* weight,
               const float* bias, float* y) {
  for (std::size_t i = 0; i < count; i += kWidth) {
    const auto away = hn::Sub(load_some(x + i, count - i), all(centre));
    auto result = hn::Mul(hn::Mul(away, all(factor)), load_some(weight + i, count - i));
    if (bias != nullptr) result = hn::Add(result, load_some(bias + i, count - i));
    store_some(result, y + i, count - i);
  }
}

void lstm_cell(const float* gates, std::size_t count, float* cell, float* output) {
  for (std::size_t i = 0; i < count; i += kWidth) {
    const std::size_t left = count - i;
    const auto input = sigmoid_quotient(load_some(gates + i, left));
    const auto forget = sigmoid_of(load_some(gates + count + i, left));
    const auto candidate = tanh_quotient(load_some(gates + 2 * count + i, left));
    const auto open = sigmoid_quotient(load_some(gates + 3 * count + i, left));
    const auto kept =
        hn::Add(hn::Mul(forget, load_some(cell + i, left)), (input * candidate).value());
    store_some(kept, cell + i, left);
    store_some((open * tanh_quotient(kept)).value(), output + i, left);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace toccata::ml::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace toccata::ml::kernels {

HWY_EXPORT(scale);
HWY_EXPORT(exp_less);
HWY_EXPORT(map_each);
HWY_EXPORT(normalise);
HWY_EXPORT(lstm_cell);

void scale(std::span<float> x, float factor) {
  HWY_DYNAMIC_DISPATCH(scale)(x.data(), x.size(), factor);
}
void exp_less(std::span<float> x, float shift) {
  HWY_DYNAMIC_DISPATCH(exp_less)(x.data(), x.size(), shift);
}
void map_each(Function function, std::span<float> x) {
  HWY_DYNAMIC_DISPATCH(map_each)(function, x.data(), x.size());
}
void normalise(std::span<const float> x, float centre, float factor, std::span<const float> weight,
               std::span<const float> bias, std::span<float> y) {
  HWY_DYNAMIC_DISPATCH(normalise)
  (x.data(), x.size(), centre, factor, weight.data(), bias.empty() ? nullptr : bias.data(),
   y.data());
}
void lstm_cell(std::span<const float> gates, std::span<float> cell, std::span<float> output) {
  HWY_DYNAMIC_DISPATCH(lstm_cell)(gates.data(), cell.size(), cell.data(), output.data());
}

}  // namespace toccata::ml::kernels

namespace toccata::ml {
void map_each(Function function, std::span<float> x) { kernels::map_each(function, x); }
}  // namespace toccata::ml
#endif
