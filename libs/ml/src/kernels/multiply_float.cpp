// SPDX-License-Identifier: MIT
// Matrix times vectors, in float32 and bfloat16.
#include "kernels/kernels.hpp"
#include "kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/multiply_float.cpp"
#include <hwy/foreach_target.h>

#include <hwy/highway.h>

#include "kernels/tiles-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace toccata::ml::kernels {
namespace HWY_NAMESPACE {

/// What a block's lanes hold: one float32 ...
struct OneFloat {
  static constexpr std::size_t kColumns = 1;
  static HWY_INLINE void widen(const std::byte* at, FloatVector (&columns)[1]) {
    columns[0] = hn::Load(Floats(), reinterpret_cast<const float*>(at));
  }
};
/// ... or two bfloat16, which are the upper halves of float32.
struct TwoBfloats {
  static constexpr std::size_t kColumns = 2;
  static HWY_INLINE void widen(const std::byte* at, FloatVector (&columns)[2]) {
    const auto pair = hn::Load(Bits(), reinterpret_cast<const std::uint32_t*>(at));
    columns[0] = hn::BitCast(Floats(), hn::ShiftLeft<16>(pair));
    columns[1] = hn::BitCast(Floats(), hn::And(pair, hn::Set(Bits(), 0xFFFF0000U)));
  }
};

template <class Lane, std::size_t PanelCount, std::size_t VectorCount>
HWY_INLINE void add_columns(const Block* const (&panels)[PanelCount], std::size_t block,
                            const float* const (&x)[VectorCount], std::size_t columns,
                            FloatVector (&sums)[VectorCount][PanelCount * kParts]) {
  for (std::size_t i = 0; i < PanelCount * kParts; ++i) {
    FloatVector weights[Lane::kColumns];
    Lane::widen(panels[i / kParts][block].bytes.data() + i % kParts * kWidth * 4, weights);
    for (std::size_t c = 0; c < columns; ++c)
      for (std::size_t t = 0; t < VectorCount; ++t)
        sums[t][i] =
            hn::Add(sums[t][i], hn::Mul(weights[c], all(x[t][block * Lane::kColumns + c])));
  }
}

template <class Lane, std::size_t PanelCount, std::size_t VectorCount>
HWY_INLINE void float_tile(const Panels& m, std::size_t first, const Vectors& v, std::size_t t0) {
  FloatVector sums[VectorCount][PanelCount * kParts];
  const Block* panels[PanelCount];
  const float* x[VectorCount];
  for (std::size_t p = 0; p < PanelCount; ++p)
    panels[p] = m.blocks + (first + p) * m.blocks_per_panel;
  for (std::size_t t = 0; t < VectorCount; ++t) x[t] = v.x + (t0 + t) * v.x_stride;
  for (std::size_t t = 0; t < VectorCount; ++t)
    for (std::size_t i = 0; i < PanelCount * kParts; ++i)
      sums[t][i] = start_of(v, t0 + t, first + i / kParts, i % kParts,
                            rows_from(m, first + i / kParts, i % kParts));
  const std::size_t whole = m.cols / Lane::kColumns;
  for (std::size_t block = 0; block < whole; ++block)
    add_columns<Lane, PanelCount, VectorCount>(panels, block, x, Lane::kColumns, sums);
  if (whole * Lane::kColumns != m.cols)
    add_columns<Lane, PanelCount, VectorCount>(panels, whole, x, m.cols - whole * Lane::kColumns,
                                               sums);
  for (std::size_t t = 0; t < VectorCount; ++t)
    for (std::size_t i = 0; i < PanelCount * kParts; ++i)
      finish(sums[t][i], v, t0 + t, first + i / kParts, i % kParts,
             rows_from(m, first + i / kParts, i % kParts));
}

/// All vectors against `PanelCount` panels, which stay in the nearest cache meanwhile.
template <class Lane, std::size_t PanelCount>
HWY_INLINE void float_panels(const Panels& m, std::size_t panel, const Vectors& v) {
  constexpr std::size_t kFew = PanelCount < kPanelsForMany ? PanelCount : kPanelsForMany;
  std::size_t t = 0;
  for (; t + kMany <= v.count; t += kMany)
    for (std::size_t p = 0; p < PanelCount; p += kFew)
      float_tile<Lane, kFew, kMany>(m, panel + p, v, t);
  for (; t < v.count; ++t) float_tile<Lane, PanelCount, 1>(m, panel, v, t);
}

template <class Lane>
HWY_INLINE void multiply_floats(const Panels& m, const Vectors& v) {
  const std::size_t panels = (m.rows + kLanes - 1) / kLanes;
  std::size_t panel = 0;
  for (; panel + kPanelsForOne <= panels; panel += kPanelsForOne)
    float_panels<Lane, kPanelsForOne>(m, panel, v);
  for (; panel < panels; ++panel) float_panels<Lane, 1>(m, panel, v);
}

void multiply_float(const Panels& m, const Vectors& v) { multiply_floats<OneFloat>(m, v); }
void multiply_bfloat(const Panels& m, const Vectors& v) { multiply_floats<TwoBfloats>(m, v); }

}  // namespace HWY_NAMESPACE
}  // namespace toccata::ml::kernels
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace toccata::ml::kernels {

HWY_EXPORT(multiply_float);
HWY_EXPORT(multiply_bfloat);

void multiply_float(const Panels& m, const Vectors& v) {
  HWY_DYNAMIC_DISPATCH(multiply_float)(m, v);
}
void multiply_bfloat(const Panels& m, const Vectors& v) {
  HWY_DYNAMIC_DISPATCH(multiply_bfloat)(m, v);
}

}  // namespace toccata::ml::kernels
#endif
