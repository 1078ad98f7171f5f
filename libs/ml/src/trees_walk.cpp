// SPDX-License-Identifier: MIT
// The walk, compiled for what processors there are: gathered loads where they pay, else single
// ones.
#include "trees_walk.hpp"
#include "kernels/targets.hpp"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "trees_walk.cpp"  // this file's name within its folder
#include <hwy/foreach_target.h>
// The list of targets has to come before.
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace toccata::ml::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL

void walk(const std::int64_t* nodes, std::uint32_t depth, const std::int64_t* slots,
          std::int64_t* at) {
  const hn::ScalableTag<std::int64_t> d;
  constexpr std::size_t kWidth = hn::MaxLanes(d), kSteps = 4;
  static_assert(kLanes % (kWidth * kSteps) == 0);
  const auto offset_mask = hn::Set(d, kOffsetMask), one = hn::Set(d, 1);
  const auto slot_mask = hn::Set(d, kSlotMask);
  for (std::size_t first = 0; first < kLanes; first += kWidth * kSteps) {
    const auto lane0 = hn::Iota(d, static_cast<std::int64_t>(first));
    const auto lane1 = hn::Add(lane0, hn::Set(d, kWidth));
    const auto lane2 = hn::Add(lane1, hn::Set(d, kWidth));
    const auto lane3 = hn::Add(lane2, hn::Set(d, kWidth));
    auto at0 = hn::Zero(d), at1 = at0, at2 = at0, at3 = at0;
    const auto step = [&](auto where, auto lane) HWY_ATTR {
      const auto node = hn::GatherIndex(d, nodes, where);
      const auto slot = hn::And(hn::ShiftRight<kOffsetBits>(node), slot_mask);
      const auto index = hn::Add(hn::ShiftLeft<5>(slot), lane);
      const auto value = hn::GatherIndex(d, slots, index);
      return hn::Add(hn::And(node, offset_mask), hn::IfThenElseZero(hn::Gt(value, node), one));
    };
    for (std::uint32_t level = 0; level < depth; ++level) {
      at0 = step(at0, lane0);
      at1 = step(at1, lane1);
      at2 = step(at2, lane2);
      at3 = step(at3, lane3);
    }
    hn::StoreU(at0, d, at + first);
    hn::StoreU(at1, d, at + first + kWidth);
    hn::StoreU(at2, d, at + first + 2 * kWidth);
    hn::StoreU(at3, d, at + first + 3 * kWidth);
  }
}
static_assert(kLanes == 1 << 5);

#else

void walk(const std::int64_t* nodes, std::uint32_t depth, const std::int64_t* slots,
          std::int64_t* at) {
  constexpr std::size_t kAtOnce = 8;
  for (std::size_t first = 0; first < kLanes; first += kAtOnce) {
    std::int64_t where[kAtOnce] = {};
    for (std::uint32_t level = 0; level < depth; ++level) {
      for (std::size_t lane = 0; lane < kAtOnce; ++lane) {
        const std::int64_t node = nodes[where[lane]];
        const std::int64_t slot = node >> kOffsetBits & kSlotMask;
        const std::int64_t value = slots[static_cast<std::size_t>(slot) * kLanes + first + lane];
        where[lane] = (node & kOffsetMask) + (value > node ? 1 : 0);
      }
    }
    for (std::size_t lane = 0; lane < kAtOnce; ++lane) at[first + lane] = where[lane];
  }
}

#endif

}  // namespace
}  // namespace toccata::ml::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace toccata::ml {

HWY_EXPORT(walk);
void walk(const std::int64_t* nodes, std::uint32_t depth, const std::int64_t* slots,
          std::int64_t* at) {
  HWY_DYNAMIC_DISPATCH(walk)(nodes, depth, slots, at);
}

}  // namespace toccata::ml
#endif
