// SPDX-License-Identifier: MIT
// A node of a tree as one number, and walking down with many rows at once.
//
// A number's order is its float's bits as an integer that sorts the same way. A node holds the
// order of its threshold in its upper half, and below it the slot to look at and the offset of its
// left child; a slot holds an order in its upper half and nothing below. So one comparison of whole
// 64-bit numbers says which way to go: equal orders leave the node larger, and the row goes left.
//
// A feature can have two slots: a missing number is -infinity in the one and +infinity in the
// other. Thresholds are finite, so a node that looks at the first sends a missing number left, one
// that looks at the second sends it right, and no step asks whether it is missing. Slots that no
// node looks at are not made. A leaf is larger than any slot and leads to itself: a walk has as
// many steps as its tree is deep, and no step asks whether it has arrived.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include <toccata/ml/trees.hpp>

namespace toccata::ml {

inline constexpr int kOffsetBits = 20, kOrderShift = 32;
inline constexpr std::int64_t kOffsetMask = (std::int64_t{1} << kOffsetBits) - 1;
inline constexpr std::int64_t kSlotMask = (std::int64_t{1} << (31 - kOffsetBits)) - 1;
/// Above all finite numbers and infinities.
inline constexpr std::int64_t kLeafOrder = std::int64_t{std::numeric_limits<std::int32_t>::max()}
                                           << kOrderShift;
static_assert(kMostTreeNodes == std::size_t{1} << kOffsetBits);
static_assert(2 * kMostFeatures == kSlotMask + 1, "the bit above would be the order's sign");

/// Rows that walk together.
inline constexpr std::size_t kLanes = 32;

/// -0 and 0 have one order.
inline std::int64_t order_of(float value) {
  const auto bits = std::bit_cast<std::int32_t>(value + 0.0F);
  return std::int64_t{bits < 0 ? bits ^ std::numeric_limits<std::int32_t>::max() : bits} *
         (std::int64_t{1} << kOrderShift);
}
/// The float of an order.
inline float value_of(std::int64_t order) {
  const auto bits = static_cast<std::int32_t>(order >> kOrderShift);
  return std::bit_cast<float>(bits < 0 ? bits ^ std::numeric_limits<std::int32_t>::max() : bits);
}
inline std::int64_t slot_of(float value, bool missing_left) {
  constexpr float kInfinity = std::numeric_limits<float>::infinity();
  const float missing = missing_left ? -kInfinity : kInfinity;
  return order_of(std::isnan(value) ? missing : value);
}
inline std::int64_t split_node(float threshold, std::size_t slot, std::size_t left) {
  return order_of(threshold) | static_cast<std::int64_t>(slot << kOffsetBits | left);
}
inline std::int64_t leaf_node(std::size_t self) {
  return kLeafOrder | static_cast<std::int64_t>(self);
}
inline bool is_leaf(std::int64_t node) { return node >= kLeafOrder; }
/// Where a node's slot and its left child, or in a leaf itself, are kept in it.
inline std::size_t slot_in(std::int64_t node) {
  return static_cast<std::size_t>(node >> kOffsetBits & kSlotMask);
}
inline std::size_t offset_in(std::int64_t node) {
  return static_cast<std::size_t>(node & kOffsetMask);
}

/// slot_of() of a feature's numbers in kLanes rows.
void fill_slots(const float* values, bool missing_left, std::int64_t* slots);

/// Where kLanes rows are after `depth` steps down from the root, nodes[0]. `slots` has one slot of
/// all rows, then the next.
void walk(const std::int64_t* nodes, std::uint32_t depth, const std::int64_t* slots,
          std::int64_t* at);

}  // namespace toccata::ml
