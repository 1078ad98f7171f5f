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

void fill_slots(const float* values, bool missing_left, std::int64_t* slots) {
  const hn::ScalableTag<std::int64_t> d;
  const hn::Rebind<std::int32_t, decltype(d)> ints;
  const hn::Rebind<float, decltype(d)> floats;
  constexpr std::size_t kWidth = hn::MaxLanes(d);
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  static_assert(kLanes % kWidth == 0);
  const auto missing = hn::Set(floats, missing_left ? -kInfinity : kInfinity);
  const auto all_but_sign = hn::Set(ints, std::numeric_limits<std::int32_t>::max());
  for (std::size_t lane = 0; lane < kLanes; lane += kWidth) {
    const auto value = hn::Add(hn::LoadU(floats, values + lane), hn::Zero(floats));
    const auto bits = hn::BitCast(ints, hn::IfThenElse(hn::IsNaN(value), missing, value));
    const auto is_negative = hn::Lt(bits, hn::Zero(ints));
    const auto order = hn::IfThenElse(is_negative, hn::Xor(bits, all_but_sign), bits);
    hn::StoreU(hn::ShiftLeft<kOrderShift>(hn::PromoteTo(d, order)), d, slots + lane);
  }
}

#if HWY_TARGET == HWY_AVX2 || HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL

/// The first three levels: so few nodes that each is set and its slots loaded side by side, where
/// the levels below gather both.
class Top {
 public:
  static constexpr std::uint32_t kLevels = 3;

  Top(const std::int64_t* nodes, const std::int64_t* slots) : slots_(slots) {
    nodes_[0] = nodes[0];
    for (std::size_t i = 0; 2 * i + 2 < kNodes; ++i) {
      const std::size_t left = offset_in(nodes_[i]);  // a leaf's is itself
      nodes_[2 * i + 1] = nodes[left];
      nodes_[2 * i + 2] = nodes[is_leaf(nodes_[i]) ? left : left + 1];
    }
  }
  /// Where a vector of rows from `lane` on is below.
  template <class D>
  HWY_INLINE hn::Vec<D> pass(D d, std::size_t lane) const {
    const auto node = [&](std::size_t i) HWY_ATTR { return hn::Set(d, nodes_[i]); };
    const auto value = [&](std::size_t i) HWY_ATTR {
      return hn::LoadU(d, slots_ + slot_in(nodes_[i]) * kLanes + lane);
    };
    const auto right = hn::Gt(value(0), node(0));
    const auto second = hn::IfThenElse(right, node(2), node(1));
    const auto right_of_second = hn::Gt(hn::IfThenElse(right, value(2), value(1)), second);
    const auto third = hn::IfThenElse(right_of_second, hn::IfThenElse(right, node(6), node(4)),
                                      hn::IfThenElse(right, node(5), node(3)));
    const auto number = hn::IfThenElse(right_of_second, hn::IfThenElse(right, value(6), value(4)),
                                       hn::IfThenElse(right, value(5), value(3)));
    return hn::Add(hn::And(third, hn::Set(d, kOffsetMask)),
                   hn::IfThenElseZero(hn::Gt(number, third), hn::Set(d, 1)));
  }

 private:
  static constexpr std::size_t kNodes = (1 << kLevels) - 1;
  const std::int64_t* slots_;
  std::int64_t nodes_[kNodes];  ///< the root, then the children of each
};

void walk(const std::int64_t* nodes, std::uint32_t depth, const std::int64_t* slots,
          std::int64_t* at) {
  const hn::ScalableTag<std::int64_t> d;
  constexpr std::size_t kWidth = hn::MaxLanes(d), kSteps = 4;
  static_assert(kLanes % (kWidth * kSteps) == 0);
  const auto offset_mask = hn::Set(d, kOffsetMask), one = hn::Set(d, 1);
  const auto slot_mask = hn::Set(d, kSlotMask);
  const bool has_top = depth >= Top::kLevels;
  const Top top(nodes, slots);
  for (std::size_t first = 0; first < kLanes; first += kWidth * kSteps) {
    const auto lane0 = hn::Iota(d, static_cast<std::int64_t>(first));
    const auto lane1 = hn::Add(lane0, hn::Set(d, kWidth));
    const auto lane2 = hn::Add(lane1, hn::Set(d, kWidth));
    const auto lane3 = hn::Add(lane2, hn::Set(d, kWidth));
    const auto begin = [&](std::size_t part) HWY_ATTR {
      return has_top ? top.pass(d, first + part * kWidth) : hn::Zero(d);
    };
    auto at0 = begin(0), at1 = begin(1), at2 = begin(2), at3 = begin(3);
    const auto step = [&](auto where, auto lane) HWY_ATTR {
      const auto node = hn::GatherIndex(d, nodes, where);
      const auto slot = hn::And(hn::ShiftRight<kOffsetBits>(node), slot_mask);
      const auto index = hn::Add(hn::ShiftLeft<5>(slot), lane);
      const auto value = hn::GatherIndex(d, slots, index);
      return hn::Add(hn::And(node, offset_mask), hn::IfThenElseZero(hn::Gt(value, node), one));
    };
    for (std::uint32_t level = has_top ? Top::kLevels : 0; level < depth; ++level) {
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

HWY_EXPORT(fill_slots);
HWY_EXPORT(walk);
void fill_slots(const float* values, bool missing_left, std::int64_t* slots) {
  HWY_DYNAMIC_DISPATCH(fill_slots)(values, missing_left, slots);
}
void walk(const std::int64_t* nodes, std::uint32_t depth, const std::int64_t* slots,
          std::int64_t* at) {
  HWY_DYNAMIC_DISPATCH(walk)(nodes, depth, slots, at);
}

}  // namespace toccata::ml
#endif
