// SPDX-License-Identifier: MIT
#include <toccata/ml/layers/rotary.hpp>

#include <toccata/base/assert.hpp>
#include <toccata/base/elementary.hpp>

namespace toccata::ml {

Rotary::Rotary(std::size_t head_width, std::size_t capacity, double base)
    : head_width_(head_width) {
  TOCCATA_ASSERT(head_width >= 2 && head_width % 2 == 0);
  TOCCATA_ASSERT(capacity >= 1 && capacity <= 1'000'000 && base > 1);
  const std::size_t half = head_width / 2;
  for (std::size_t position = 0; position < capacity; ++position)
    for (std::size_t i = 0; i < half; ++i) {
      const double angle = static_cast<double>(position) *
                           exact_pow(base, -static_cast<double>(i) / static_cast<double>(half));
      cosines_.push_back(static_cast<float>(exact_cos(angle)));
      sines_.push_back(static_cast<float>(exact_sin(angle)));
    }
}

void Rotary::turn(std::size_t position, std::span<float> x) const {
  TOCCATA_ASSERT(position < capacity() && x.size() % head_width_ == 0);
  const std::size_t half = head_width_ / 2;
  const float* const cosine = &cosines_[position * half];
  const float* const sine = &sines_[position * half];
  for (std::size_t head = 0; head < x.size(); head += head_width_)
    for (std::size_t i = 0; i < half; ++i) {
      const float a = x[head + i], b = x[head + half + i];
      x[head + i] = a * cosine[i] - b * sine[i];
      x[head + half + i] = b * cosine[i] + a * sine[i];
    }
}

}  // namespace toccata::ml
