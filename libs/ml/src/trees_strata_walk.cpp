// SPDX-License-Identifier: MIT
// The walk through strata, compiled for what processors there are.
#include "trees_strata.hpp"

// Vectors of a row have 128 bits everywhere. AVX-512 would only bring its mask registers, which
// gain nothing here and which gcc 12 spills wrongly when there are many.
#define HWY_DISABLED_TARGETS \
  (HWY_AVX3 | HWY_AVX3_DL | HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "trees_strata_walk.cpp"  // this file's name within its folder
#include <hwy/foreach_target.h>
// The list of targets has to come before.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace toccata::ml::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_SCALAR

using Row = const std::int16_t*;
HWY_INLINE Row load_row(const std::int16_t* codes) { return codes; }

template <bool kHasMissing, bool kIsLast>
HWY_INLINE std::uint32_t step_down(const Stratum& stratum, Row row) {
  std::size_t test = 0;
  for (int level = 0; level < 3; ++level) {
    const std::int16_t code = row[stratum.picks[2 * test] / 2];
    bool right = code > stratum.thresholds[test];
    if constexpr (kHasMissing)
      right &= code != Bins::kMissing || (stratum.picks[14] >> test & 1) == 0;
    test = 2 * test + 1 + (right ? 1 : 0);
  }
  const std::size_t way = test - Stratum::kTests;
  return static_cast<std::uint32_t>(static_cast<std::uint16_t>(stratum.thresholds[7]) +
                                    (kIsLast ? way : way * kUnitsPerStratum));
}

HWY_INLINE void add_values(const float* values, const std::uint32_t (&at)[kRowsTogether],
                           double* sums) {
  for (std::size_t i = 0; i < kRowsTogether; ++i) sums[i] += static_cast<double>(values[at[i]]);
}

#else

/// Which of the eight nodes below a row comes to, by the answers to the seven tests; the eighth
/// answer is none.
constexpr std::array<std::uint32_t, 256> make_ways(std::size_t units) {
  std::array<std::uint32_t, 256> ways{};
  for (std::uint32_t answers = 0; answers < 256; ++answers) {
    std::size_t test = 0;
    for (int level = 0; level < 3; ++level) test = 2 * test + 1 + (answers >> test & 1);
    ways[answers] = static_cast<std::uint32_t>((test - Stratum::kTests) * units);
  }
  return ways;
}
constexpr std::array<std::uint32_t, 256> kWays = make_ways(kUnitsPerStratum);
constexpr std::array<std::uint32_t, 256> kWaysToValues = make_ways(1);

using Codes = hn::Full128<std::int16_t>;
using Bytes = hn::Full128<std::uint8_t>;
using Row = hn::Vec<Bytes>;
HWY_INLINE Row load_row(const std::int16_t* codes) {
  return hn::LoadU(Bytes(), reinterpret_cast<const std::uint8_t*>(codes));
}

template <class Mask>
HWY_INLINE std::uint32_t bits_of(Mask mask) {
  std::uint8_t bits[8] = {};
  hn::StoreMaskBits(Codes(), mask, bits);
  return bits[0];
}

template <bool kHasMissing, bool kIsLast>
HWY_INLINE std::uint32_t step_down(const Stratum& stratum, Row row) {
  const Codes d;
  const auto picks = hn::Load(Bytes(), stratum.picks.data());
  const auto codes = hn::BitCast(d, hn::TableLookupBytes(row, picks));
  std::uint32_t answers = bits_of(hn::Gt(codes, hn::Load(d, stratum.thresholds.data())));
  if constexpr (kHasMissing)
    answers &= ~(bits_of(hn::Eq(codes, hn::Set(d, Bins::kMissing))) & stratum.picks[14]);
  const auto& ways = kIsLast ? kWaysToValues : kWays;
  return static_cast<std::uint16_t>(stratum.thresholds[7]) + ways[answers];
}

HWY_INLINE void add_values(const float* values, const std::uint32_t (&at)[kRowsTogether],
                           double* sums) {
  const hn::Full128<float> d;
  const hn::Full128<double> wide;
  for (std::size_t i = 0; i < kRowsTogether; i += 2) {
    const auto pair =
        hn::InterleaveLower(d, hn::Set(d, values[at[i]]), hn::Set(d, values[at[i + 1]]));
    hn::StoreU(hn::Add(hn::LoadU(wide, sums + i), hn::PromoteTo(wide, hn::LowerHalf(pair))), wide,
               sums + i);
  }
}

#endif

HWY_INLINE const Stratum& stratum_at(const Stratum* strata, std::uint32_t units) {
  constexpr std::size_t kUnit = sizeof(Stratum) / kUnitsPerStratum;
  return *reinterpret_cast<const Stratum*>(reinterpret_cast<const std::byte*>(strata) +
                                           units * kUnit);
}

template <bool kHasMissing>
void walk_rows(const StratumTree& tree, const std::int16_t* codes, std::size_t count,
               double* sums) {
  for (std::size_t first = 0; first < count; first += kRowsTogether) {
    Row rows[kRowsTogether];
    std::uint32_t at[kRowsTogether] = {};
    for (std::size_t i = 0; i < kRowsTogether; ++i)
      rows[i] = load_row(codes + (first + i) * kCodes);
    for (std::uint32_t step = 1; step < tree.steps; ++step)
      for (std::size_t i = 0; i < kRowsTogether; ++i)
        at[i] = step_down<kHasMissing, false>(stratum_at(tree.strata, at[i]), rows[i]);
    for (std::size_t i = 0; i < kRowsTogether; ++i)
      at[i] = step_down<kHasMissing, true>(stratum_at(tree.strata, at[i]), rows[i]);
    add_values(tree.values, at, sums + first);
  }
}

void walk_strata(const StratumTree& tree, const std::int16_t* rows, std::size_t count,
                 bool has_missing, double* sums) {
  if (has_missing) walk_rows<true>(tree, rows, count, sums);
  else walk_rows<false>(tree, rows, count, sums);
}

}  // namespace
}  // namespace toccata::ml::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace toccata::ml {

HWY_EXPORT(walk_strata);
void walk_strata(const StratumTree& tree, const std::int16_t* rows, std::size_t count,
                 bool has_missing, double* sums) {
  HWY_DYNAMIC_DISPATCH(walk_strata)(tree, rows, count, has_missing, sums);
}

}  // namespace toccata::ml
#endif
