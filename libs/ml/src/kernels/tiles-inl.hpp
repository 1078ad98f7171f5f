// SPDX-License-Identifier: MIT
// What products in float and in int8 share: tiles of some panels by some vectors, whose sums stay
// in registers while the tile walks over the columns. Included once for each instruction set.
#if defined(TOCCATA_ML_TILES_INL) == defined(HWY_TARGET_TOGGLE)
#ifdef TOCCATA_ML_TILES_INL
#undef TOCCATA_ML_TILES_INL
#else
#define TOCCATA_ML_TILES_INL
#endif

#include "kernels/lanes-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace toccata::ml::kernels {
namespace HWY_NAMESPACE {

/// Vector registers that hold one number for each of a panel's rows.
constexpr std::size_t kParts = kLanes / kWidth;
/// Panels and vectors of a tile: as many sums as there are registers for, and enough at once that
/// none waits for its own last addition.
constexpr std::size_t kPanelsForOne = kParts == 1 ? 8 : kParts == 2 ? 4 : kParts == 4 ? 2 : 1;
constexpr std::size_t kPanelsForMany = kParts == 1 ? 4 : 1;
constexpr std::size_t kMany = kParts <= 2 ? 4 : 2;

/// How many of a part's rows exist.
HWY_INLINE std::size_t rows_from(const Panels& m, std::size_t panel, std::size_t part) {
  const std::size_t row = panel * kLanes + part * kWidth;
  return row < m.rows ? m.rows - row : 0;
}
HWY_INLINE FloatVector start_of(const Vectors& v, std::size_t t, std::size_t panel,
                                std::size_t part, std::size_t rows) {
  if (v.start == nullptr || rows == 0) return hn::Zero(Floats());
  return load_some(v.start + t * v.start_stride + panel * kLanes + part * kWidth, rows);
}
HWY_INLINE void finish(FloatVector sum, const Vectors& v, std::size_t t, std::size_t panel,
                       std::size_t part, std::size_t rows) {
  if (rows == 0) return;
  store_some(sum, v.y + t * v.y_stride + panel * kLanes + part * kWidth, rows);
}

}  // namespace HWY_NAMESPACE
}  // namespace toccata::ml::kernels
HWY_AFTER_NAMESPACE();

#endif
