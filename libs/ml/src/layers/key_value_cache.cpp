// SPDX-License-Identifier: MIT
#include <toccata/ml/layers/key_value_cache.hpp>

#include <algorithm>
#include <cstring>

#include <toccata/base/assert.hpp>

#include "kernels/kernels.hpp"

namespace toccata::ml {
namespace {

std::size_t panels_for(std::size_t rows) { return (rows + kPanelRows - 1) / kPanelRows; }

void put(Block& block, std::size_t lane, float value) {
  std::memcpy(block.bytes.data() + lane * sizeof value, &value, sizeof value);
}

}  // namespace

KeyValueCache::KeyValueCache(std::size_t heads, std::size_t head_width, std::size_t capacity)
    : heads_(heads),
      head_width_(head_width),
      capacity_(capacity),
      key_blocks_(panels_for(capacity) * head_width),
      value_blocks_(panels_for(head_width) * capacity),
      keys_(heads * key_blocks_),
      values_(heads * value_blocks_) {}

void KeyValueCache::append(std::span<const float> key, std::span<const float> value) {
  TOCCATA_ASSERT(size_ < capacity_);
  TOCCATA_ASSERT(key.size() == heads_ * head_width_ && value.size() == key.size());
  for (std::size_t head = 0; head < heads_; ++head) {
    const float* const from = key.data() + head * head_width_;
    Block* const keys = &keys_[head * key_blocks_ + size_ / kPanelRows * head_width_];
    for (std::size_t i = 0; i < head_width_; ++i) put(keys[i], size_ % kPanelRows, from[i]);
    for (std::size_t i = 0; i < head_width_; i += kPanelRows)
      std::memcpy(&values_[head * value_blocks_ + i / kPanelRows * capacity_ + size_],
                  value.data() + head * head_width_ + i,
                  std::min(kPanelRows, head_width_ - i) * sizeof(float));
  }
  ++size_;
}

void KeyValueCache::shorten(std::size_t size) {
  TOCCATA_ASSERT(size <= size_);
  size_ = size;
}

void KeyValueCache::score(std::size_t head, Rows<const float> queries,
                          std::span<float> scores) const {
  const std::size_t count = scores.size() / size_;
  TOCCATA_ASSERT(count >= 1 && scores.size() == count * size_);
  TOCCATA_ASSERT(queries.numbers.size() >= (count - 1) * queries.stride + head_width_);
  kernels::multiply_float(
      {&keys_[head * key_blocks_], head_width_, size_, head_width_},
      {queries.numbers.data(), queries.stride, nullptr, 0, scores.data(), size_, count});
}

void KeyValueCache::mix(std::size_t head, std::span<const float> weights, Rows<float> out) const {
  const std::size_t count = weights.size() / size_;
  TOCCATA_ASSERT(count >= 1 && weights.size() == count * size_);
  TOCCATA_ASSERT(out.numbers.size() >= (count - 1) * out.stride + head_width_);
  kernels::multiply_float(
      {&values_[head * value_blocks_], capacity_, head_width_, size_},
      {weights.data(), size_, nullptr, 0, out.numbers.data(), out.stride, count});
}

}  // namespace toccata::ml
