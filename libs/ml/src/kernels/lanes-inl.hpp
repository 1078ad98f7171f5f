// SPDX-License-Identifier: MIT
// What the element by element kernels share. Included once for each instruction set, after
// hwy/highway.h, hence no #pragma once.
#if defined(TOCCATA_ML_LANES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef TOCCATA_ML_LANES_INL
#undef TOCCATA_ML_LANES_INL
#else
#define TOCCATA_ML_LANES_INL
#endif

#include <algorithm>
#include <cstddef>

HWY_BEFORE_NAMESPACE();
namespace toccata::ml::kernels {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::CappedTag<float, kLanes>;
using Bits = hn::RebindToUnsigned<Floats>;
using Ints = hn::RebindToSigned<Floats>;
using FloatVector = hn::Vec<Floats>;

constexpr std::size_t kWidth = hn::MaxLanes(Floats());

HWY_INLINE FloatVector all(float value) { return hn::Set(Floats(), value); }

/// `count` numbers and then zeros, where less than a whole vector is there.
HWY_INLINE FloatVector load_some(const float* from, std::size_t count) {
  if (count >= kWidth) return hn::LoadU(Floats(), from);
  HWY_ALIGN float lanes[kWidth] = {};
  std::copy_n(from, count, lanes);
  return hn::Load(Floats(), lanes);
}
HWY_INLINE void store_some(FloatVector vector, float* to, std::size_t count) {
  if (count >= kWidth) return hn::StoreU(vector, Floats(), to);
  HWY_ALIGN float lanes[kWidth];
  hn::Store(vector, Floats(), lanes);
  std::copy_n(lanes, count, to);
}

}  // namespace HWY_NAMESPACE
}  // namespace toccata::ml::kernels
HWY_AFTER_NAMESPACE();

#endif
