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

/// Vectors as whole numbers, four columns to an int, each number plus 128 where kRaise is; what
/// columns beyond the last hold meets weights of 0.
#if HWY_TARGET == HWY_AVX3_DL
constexpr std::uint32_t kRaise = 0x80;
#else
constexpr std::uint32_t kRaise = 0;
#endif
struct Rounded {
  HWY_ALIGN std::int32_t quads[kMany][kMostInt8Columns / 4];
  float scales[kMany];
};

HWY_INLINE float largest_size(const float* x, std::size_t cols) {
  FloatVector top = hn::Zero(Floats());
  std::size_t c = 0;
  for (; c + kWidth <= cols; c += kWidth) top = hn::Max(top, hn::Abs(hn::LoadU(Floats(), x + c)));
  if (c < cols) top = hn::Max(top, hn::Abs(load_some(x + c, cols - c)));
  return hn::GetLane(hn::MaxOfLanes(Floats(), top));
}

HWY_INLINE void round_vector(const float* x, std::size_t cols, std::size_t t, Rounded& to) {
  to.quads[t][(cols - 1) / 4] = 0;
  const float largest = largest_size(x, cols);
  // What is so small that its inverse overflows counts as 0.
  const bool nothing = !(largest > 1e-35F);
  to.scales[t] = nothing ? 0.0F : largest / 127.0F;
  const auto factor = all(nothing ? 0.0F : 127.0F / largest);
  // Adding 1.5 * 2^23 rounds to whole numbers, half to even, on every machine, and leaves them in
  // the lowest bits.
  const auto rounder = all(12582912.0F);
  const hn::Rebind<std::uint8_t, Floats> bytes;
  auto* const out = reinterpret_cast<std::uint8_t*>(to.quads[t]);
  const auto round = [&](FloatVector from, std::uint8_t* at) HWY_ATTR {
    const auto whole = hn::BitCast(Bits(), hn::Add(hn::Mul(from, factor), rounder));
    const auto byte = hn::And(hn::Xor(whole, hn::Set(Bits(), kRaise)), hn::Set(Bits(), 0xFF));
    hn::StoreU(hn::U8FromU32(byte), bytes, at);
  };
  std::size_t c = 0;
  for (; c + kWidth <= cols; c += kWidth) round(hn::LoadU(Floats(), x + c), out + c);
  if (c < cols) round(load_some(x + c, cols - c), out + c);
}

// A row's sum grows in two lanes of two vectors where a machine multiplies pairs that way; total_of
// brings them together.
#if HWY_TARGET == HWY_AVX3_DL
// One instruction multiplies four pairs, unsigned with signed, so vectors are taken 128 higher.
HWY_INLINE IntVector first_sum(const std::int32_t* row_sums) {
  return hn::Neg(hn::ShiftLeft<7>(hn::LoadU(Ints(), row_sums)));
}
HWY_INLINE void add_quads(IntVector weights, IntVector quads, IntVector& first, IntVector&) {
  first = IntVector{_mm512_dpbusd_epi32(first.raw, quads.raw, weights.raw)};
}
HWY_INLINE IntVector total_of(IntVector first, IntVector) { return first; }
#else
HWY_INLINE IntVector first_sum(const std::int32_t*) { return hn::Zero(Ints()); }
#if HWY_TARGET == HWY_SCALAR
template <int Shift>
HWY_INLINE IntVector byte_of(IntVector quads) {
  return hn::ShiftRight<24>(hn::ShiftLeft<Shift>(quads));
}
HWY_INLINE void add_quads(IntVector weights, IntVector x, IntVector& first, IntVector&) {
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
HWY_INLINE void add_quads(IntVector weights, IntVector x, IntVector& first, IntVector& second) {
  first = hn::ReorderWidenMulAccumulate(Ints(), even_bytes(weights), even_bytes(x), first, second);
  first = hn::ReorderWidenMulAccumulate(Ints(), odd_bytes(weights), odd_bytes(x), first, second);
}
HWY_INLINE IntVector total_of(IntVector first, IntVector second) {
  return hn::RearrangeToOddPlusEven(first, second);
}
#endif
#endif

/// The sums of a tile's rows, one vector after the other.
template <std::size_t PanelCount, std::size_t VectorCount>
HWY_INLINE void sum_tile(const Panels& m, std::size_t first, const Rounded& rounded,
                         std::int32_t* totals) {
  constexpr std::size_t kSums = PanelCount * kParts;
  IntVector first_sums[VectorCount][kSums], second_sums[VectorCount][kSums];
  for (std::size_t t = 0; t < VectorCount; ++t)
    for (std::size_t i = 0; i < kSums; ++i) {
      first_sums[t][i] = first_sum(m.row_sums + first * kLanes + i * kWidth);
      second_sums[t][i] = hn::Zero(Ints());
    }
  const Block* const blocks = m.blocks + first * m.blocks_per_panel;
  for (std::size_t block = 0; block < m.blocks_per_panel; ++block) {
    IntVector x[VectorCount];
    for (std::size_t t = 0; t < VectorCount; ++t) x[t] = hn::Set(Ints(), rounded.quads[t][block]);
    for (std::size_t i = 0; i < kSums; ++i) {
      const std::byte* const at =
          blocks[i / kParts * m.blocks_per_panel + block].bytes.data() + i % kParts * kWidth * 4;
      const auto weights = hn::Load(Ints(), reinterpret_cast<const std::int32_t*>(at));
      for (std::size_t t = 0; t < VectorCount; ++t)
        add_quads(weights, x[t], first_sums[t][i], second_sums[t][i]);
    }
  }
  for (std::size_t t = 0; t < VectorCount; ++t)
    for (std::size_t i = 0; i < kSums; ++i)
      hn::Store(total_of(first_sums[t][i], second_sums[t][i]), Ints(),
                totals + (t * kSums + i) * kWidth);
}

template <std::size_t PanelCount, std::size_t VectorCount>
HWY_INLINE void int8_tile(const Panels& m, std::size_t first, const Rounded& rounded,
                          const Vectors& v, std::size_t t0) {
  constexpr std::size_t kSums = PanelCount * kParts;
  HWY_ALIGN std::int32_t totals[VectorCount * kSums * kWidth];
  sum_tile<PanelCount, VectorCount>(m, first, rounded, totals);
  const auto product = [&](std::size_t t, std::size_t i) HWY_ATTR {
    const auto total = hn::Load(Ints(), totals + (t * kSums + i) * kWidth);
    const auto scale = hn::Mul(all(rounded.scales[t]),
                               hn::LoadU(Floats(), m.scales + first * kLanes + i * kWidth));
    return hn::Mul(scale, hn::ConvertTo(Floats(), total));
  };
  const bool is_whole = v.start != nullptr && (first + PanelCount) * kLanes <= m.rows;
  for (std::size_t t = 0; t < VectorCount; ++t) {
    for (std::size_t i = 0; is_whole && i < kSums; ++i) {
      const std::size_t row = first * kLanes + i * kWidth;
      const auto start = hn::LoadU(Floats(), v.start + (t0 + t) * v.start_stride + row);
      hn::StoreU(hn::Add(start, product(t, i)), Floats(), v.y + (t0 + t) * v.y_stride + row);
    }
    for (std::size_t i = 0; !is_whole && i < kSums; ++i) {
      const std::size_t panel = first + i / kParts, part = i % kParts;
      const std::size_t rows = rows_from(m, panel, part);
      finish(hn::Add(start_of(v, t0 + t, panel, part, rows), product(t, i)), v, t0 + t, panel, part,
             rows);
    }
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
