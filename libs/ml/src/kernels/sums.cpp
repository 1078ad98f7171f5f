// SPDX-License-Identifier: MIT
// One number of many: sums over 16 lanes, added up as a tree.
#include "kernels/kernels.hpp"
#include "kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/sums.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "kernels/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace toccata::ml::kernels {
namespace HWY_NAMESPACE {

/// Sums term(x) over 16 lanes; lanes that have no number any more stay as they are.
template <class Term>
HWY_INLINE float sum_terms(const float* x, std::size_t count, Term term) {
  HWY_ALIGN float lanes[kLanes] = {};
  std::size_t i = 0;
  {
    FloatVector parts[kLanes / kWidth];
    for (auto& part : parts) part = hn::Zero(Floats());
    for (; i + kLanes <= count; i += kLanes)
      for (std::size_t p = 0; p < kLanes / kWidth; ++p)
        parts[p] = hn::Add(parts[p], term.of(hn::LoadU(Floats(), x + i + p * kWidth)));
    for (std::size_t p = 0; p < kLanes / kWidth; ++p)
      hn::Store(parts[p], Floats(), lanes + p * kWidth);
  }
  HWY_ALIGN float rest[kLanes] = {};
  std::copy_n(x + i, count - i, rest);
  for (std::size_t p = 0; p < kLanes / kWidth; ++p)
    hn::Store(term.of(hn::Load(Floats(), rest + p * kWidth)), Floats(), rest + p * kWidth);
  for (std::size_t lane = 0; i + lane < count; ++lane) lanes[lane] += rest[lane];
  for (std::size_t half = kLanes / 2; half > 0; half /= 2)
    for (std::size_t lane = 0; lane < half; ++lane) lanes[lane] += lanes[lane + half];
  return lanes[0];
}

struct Itself {
  HWY_INLINE FloatVector of(FloatVector x) const { return x; }
};
struct SquareFrom {
  float centre;
  HWY_INLINE FloatVector of(FloatVector x) const {
    const auto away = hn::Sub(x, all(centre));
    return hn::Mul(away, away);
  }
};

float sum(const float* x, std::size_t count) { return sum_terms(x, count, Itself{}); }
float sum_of_squares(const float* x, std::size_t count, float centre) {
  return sum_terms(x, count, SquareFrom{centre});
}
float largest(const float* x, std::size_t count) {
  auto top = all(x[0]);
  std::size_t i = 0;
  for (; i + kWidth <= count; i += kWidth) top = hn::Max(top, hn::LoadU(Floats(), x + i));
  float result = hn::GetLane(hn::MaxOfLanes(Floats(), top));
  for (; i < count; ++i) result = std::max(result, x[i]);
  return result;
}

}  // namespace HWY_NAMESPACE
}  // namespace toccata::ml::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace toccata::ml::kernels {

HWY_EXPORT(sum);
HWY_EXPORT(sum_of_squares);
HWY_EXPORT(largest);

float sum(std::span<const float> x) { return HWY_DYNAMIC_DISPATCH(sum)(x.data(), x.size()); }
float sum_of_squares(std::span<const float> x, float centre) {
  return HWY_DYNAMIC_DISPATCH(sum_of_squares)(x.data(), x.size(), centre);
}
float largest(std::span<const float> x) {
  return HWY_DYNAMIC_DISPATCH(largest)(x.data(), x.size());
}

}  // namespace toccata::ml::kernels
#endif
