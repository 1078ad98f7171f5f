// SPDX-License-Identifier: MIT
// Matrix times vectors, in whole numbers: exact whatever the order.
#include "kernels/kernels.hpp"
#include "kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/multiply_int8.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "kernels/tiles-inl.hpp"

#if HWY_TARGET == HWY_AVX3_DL
// Every processor of this target has the instruction, but Highway 1.0 doesn't tell the compiler.
HWY_PUSH_ATTRIBUTES(HWY_TARGET_STR ",avx512vnni")
#else
HWY_BEFORE_NAMESPACE();
#endif
namespace toccata::ml::kernels {
namespace HWY_NAMESPACE {

using IntVector = hn::Vec<Ints>;

/// Vectors as whole numbers, four columns to an int; columns beyond the last are 0.
struct Rounded {
  HWY_ALIGN std::int32_t quads[kMany][kMostInt8Columns / 4];
  float scales[kMany];
};

HWY_INLINE void round_vector(const float* x, std::size_t cols, std::size_t t, Rounded& to) {
  to.quads[t][(cols - 1) / 4] = 0;
  FloatVector top = hn::Zero(Floats());
  for (std::size_t c = 0; c < cols; c += kWidth)
    top = hn::Max(top, hn::Abs(load_some(x + c, cols - c)));
  const float largest = hn::GetLane(hn::MaxOfLanes(Floats(), top));
  // What is so small that its inverse overflows counts as 0.
  const bool nothing = !(largest > 1e-35F);
  to.scales[t] = nothing ? 0.0F : largest / 127.0F;
  const auto factor = all(nothing ? 0.0F : 127.0F / largest);
  // Adding and taking away 1.5 * 2^23 rounds to whole numbers, half to even, on every machine.
  const auto rounder = all(12582912.0F);
  const hn::Rebind<std::int8_t, Floats> bytes;
  auto* const out = reinterpret_cast<std::int8_t*>(to.quads[t]);
  for (std::size_t c = 0; c < cols; c += kWidth) {
    const auto scaled = hn::Mul(load_some(x + c, cols - c), factor);
    const auto whole = hn::Sub(hn::Add(scaled, rounder), rounder);
    hn::StoreU(hn::DemoteTo(bytes, hn::ConvertTo(Ints(), whole)), bytes, out + c);
  }
}

// A row's sum grows in two lanes of two vectors where a machine multiplies pairs that way; total_of
// brings them together.
#if HWY_TARGET == HWY_AVX3_DL
// One instruction multiplies four pairs, unsigned with signed, so vectors are taken 128 higher.
HWY_INLINE IntVector first_sum(const std::int32_t* row_sums) {
  return hn::Neg(hn::ShiftLeft<7>(hn::LoadU(Ints(), row_sums)));
}
HWY_INLINE void add_quads(IntVector weights, std::int32_t quad, IntVector& first, IntVector&) {
  const auto raised =
      hn::Set(Ints(), static_cast<std::int32_t>(static_cast<std::uint32_t>(quad) ^ 0x80808080U));
  first = IntVector{_mm512_dpbusd_epi32(first.raw, raised.raw, weights.raw)};
}
HWY_INLINE IntVector total_of(IntVector first, IntVector) { return first; }
#else
HWY_INLINE IntVector first_sum(const std::int32_t*) { return hn::Zero(Ints()); }
#if HWY_TARGET == HWY_SCALAR
template <int Shift>
HWY_INLINE IntVector byte_of(IntVector quads) {
  return hn::ShiftRight<24>(hn::ShiftLeft<Shift>(quads));
}
HWY_INLINE void add_quads(IntVector weights, std::int32_t quad, IntVector& first, IntVector&) {
  const auto x = hn::Set(Ints(), quad);
  first = hn::Add(first, hn::Add(hn::Mul(byte_of<24>(weights), byte_of<24>(x)),
                                 hn::Mul(byte_of<16>(weights), byte_of<16>(x))));
  first = hn::Add(first, hn::Add(hn::Mul(byte_of<8>(weights), byte_of<8>(x)),
                                 hn::Mul(byte_of<0>(weights), byte_of<0>(x))));
}
HWY_INLINE IntVector total_of(IntVector first, IntVector) { return first; }
#else
using Shorts = hn::Repartition<std::int16_t, Ints>;
// The first and third byte of each lane as 16-bit numbers, and the second and fourth.
HWY_INLINE hn::Vec<Shorts> even_bytes(IntVector quads) {
  return hn::ShiftRight<8>(hn::ShiftLeft<8>(hn::BitCast(Shorts(), quads)));
}
HWY_INLINE hn::Vec<Shorts> odd_bytes(IntVector quads) {
  return hn::ShiftRight<8>(hn::BitCast(Shorts(), quads));
}
HWY_INLINE void add_quads(IntVector weights, std::int32_t quad, IntVector& first,
                          IntVector& second) {
  const auto x = hn::Set(Ints(), quad);
  first = hn::ReorderWidenMulAccumulate(Ints(), even_bytes(weights), even_bytes(x), first, second);
  first = hn::ReorderWidenMulAccumulate(Ints(), odd_bytes(weights), odd_bytes(x), first, second);
}
HWY_INLINE IntVector total_of(IntVector first, IntVector second) {
  return hn::RearrangeToOddPlusEven(first, second);
}
#endif
#endif

template <std::size_t PanelCount, std::size_t VectorCount>
HWY_INLINE void int8_tile(const Panels& m, std::size_t first, const Rounded& rounded,
                          const Vectors& v, std::size_t t0) {
  IntVector first_sums[VectorCount][PanelCount * kParts],
      second_sums[VectorCount][PanelCount * kParts];
  for (std::size_t t = 0; t < VectorCount; ++t)
    for (std::size_t i = 0; i < PanelCount * kParts; ++i) {
      first_sums[t][i] = first_sum(m.row_sums + first * kLanes + i * kWidth);
      second_sums[t][i] = hn::Zero(Ints());
    }
  const Block* const blocks = m.blocks + first * m.blocks_per_panel;
  for (std::size_t block = 0; block < m.blocks_per_panel; ++block)
    for (std::size_t i = 0; i < PanelCount * kParts; ++i) {
      const std::byte* const at =
          blocks[i / kParts * m.blocks_per_panel + block].bytes.data() + i % kParts * kWidth * 4;
      const auto weights = hn::Load(Ints(), reinterpret_cast<const std::int32_t*>(at));
      for (std::size_t t = 0; t < VectorCount; ++t)
        add_quads(weights, rounded.quads[t][block], first_sums[t][i], second_sums[t][i]);
    }
  for (std::size_t t = 0; t < VectorCount; ++t)
    for (std::size_t i = 0; i < PanelCount * kParts; ++i) {
      const std::size_t panel = first + i / kParts, part = i % kParts;
      const std::size_t rows = rows_from(m, panel, part);
      const auto total = total_of(first_sums[t][i], second_sums[t][i]);
      const auto scale = hn::Mul(all(rounded.scales[t]),
                                 hn::LoadU(Floats(), m.scales + first * kLanes + i * kWidth));
      const auto product = hn::Mul(scale, hn::ConvertTo(Floats(), total));
      finish(hn::Add(start_of(v, t0 + t, panel, part, rows), product), v, t0 + t, panel, part,
             rows);
    }
}

template <std::size_t PanelCount, std::size_t VectorCount>
HWY_INLINE void int8_vectors(const Panels& m, const Vectors& v, std::size_t t, Rounded& rounded) {
  for (std::size_t i = 0; i < VectorCount; ++i)
    round_vector(v.x + (t + i) * v.x_stride, m.cols, i, rounded);
  const std::size_t panels = (m.rows + kLanes - 1) / kLanes;
  std::size_t panel = 0;
  for (; panel + PanelCount <= panels; panel += PanelCount)
    int8_tile<PanelCount, VectorCount>(m, panel, rounded, v, t);
  for (; panel < panels; ++panel) int8_tile<1, VectorCount>(m, panel, rounded, v, t);
}

void multiply_int8(const Panels& m, const Vectors& v) {
  Rounded rounded;
  std::size_t t = 0;
  for (; t + kMany <= v.count; t += kMany) int8_vectors<kPanelsForMany, kMany>(m, v, t, rounded);
  for (; t < v.count; ++t) int8_vectors<kPanelsForOne, 1>(m, v, t, rounded);
}

}  // namespace HWY_NAMESPACE
}  // namespace toccata::ml::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace toccata::ml::kernels {

HWY_EXPORT(multiply_int8);

void multiply_int8(const Panels& m, const Vectors& v) { HWY_DYNAMIC_DISPATCH(multiply_int8)(m, v); }

}  // namespace toccata::ml::kernels
#endif
