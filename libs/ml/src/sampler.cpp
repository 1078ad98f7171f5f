// SPDX-License-Identifier: MIT
#include <toccata/ml/sampler.hpp>

#include <algorithm>
#include <limits>
#include <numeric>

#include <toccata/base/assert.hpp>

#include "kernels/kernels.hpp"

namespace toccata::ml {

std::size_t Sampler::draw(std::span<const float> logits, const SamplerOptions& options, Rng& rng) {
  TOCCATA_ASSERT(!logits.empty() && logits.size() == order_.size());
  const auto likeliest =
      static_cast<std::size_t>(std::max_element(logits.begin(), logits.end()) - logits.begin());
  TOCCATA_ASSERT(logits[likeliest] > -std::numeric_limits<float>::infinity());
  if (options.temperature <= 0) return likeliest;

  const auto before = [&](std::size_t a, std::size_t b) {
    return logits[a] != logits[b] ? logits[a] > logits[b] : a < b;
  };
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::size_t count = order_.size();
  if (options.top_k != 0) count = std::min(count, options.top_k);
  // Where all may be drawn their order does not matter.
  if (count < order_.size() || options.top_p < 1) {
    const auto cut = order_.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(order_.begin(), cut, order_.end(), before);
  }

  const auto chances = std::span(chances_).first(count);
  for (std::size_t i = 0; i < count; ++i)
    chances[i] = (logits[order_[i]] - logits[likeliest]) / options.temperature;
  kernels::exp_less(chances, 0);
  double total = 0;
  for (const float chance : chances) total += static_cast<double>(chance);
  double kept = 0;
  std::size_t left = 0;
  while (left < count && (left == 0 || kept < static_cast<double>(options.top_p) * total))
    kept += static_cast<double>(chances[left++]);
  double rest = rng.uniform() * kept;
  for (std::size_t i = 0; i + 1 < left; ++i) {
    rest -= static_cast<double>(chances[i]);
    if (rest < 0) return order_[i];
  }
  // Rounding may leave a trace of the sum: it falls to the last that can be drawn at all.
  while (left > 1 && chances[left - 1] <= 0) --left;
  return order_[left - 1];
}

}  // namespace toccata::ml
