// SPDX-License-Identifier: MIT
#include <toccata/ml/layers/attention.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <toccata/base/assert.hpp>
#include <toccata/ml/layers/softmax.hpp>

#include "kernels/kernels.hpp"

namespace toccata::ml {
namespace {

/// What `count` positions from `first` on gather from all that the cache holds, head after head.
void gather(const Attention& attention, const KeyValueCache& cache, std::size_t first,
            std::size_t count, AttentionRoom& room) {
  const std::size_t width = attention.width(), head_width = width / attention.heads;
  const auto scores = std::span(room.scores).first(count * cache.size());
  for (std::size_t i = first; i < first + count; ++i)
    kernels::scale(std::span(room.projected).subspan(3 * i * width, width),
                   1.0F / std::sqrt(static_cast<float>(head_width)));
  for (std::size_t head = 0; head < attention.heads; ++head) {
    const std::size_t at = head * head_width;
    cache.score(head, {std::span(room.projected).subspan(3 * first * width + at), 3 * width},
                scores);
    for (std::size_t i = 0; i < count; ++i) softmax(scores.subspan(i * cache.size(), cache.size()));
    cache.mix(head, scores, {std::span(room.mixed).subspan(first * width + at), width});
  }
}

}  // namespace

Result<Attention, TensorError> Attention::load(const Weights& weights, const std::string& prefix,
                                               std::size_t heads, std::size_t width) {
  TOCCATA_ASSERT(heads >= 1);
  Attention attention;
  TOCCATA_TRY(attention.out, Linear::load(weights, prefix + ".out_proj", width, width));
  TOCCATA_TRY(attention.project, Linear::load(weights, prefix + ".in_proj", 3 * width, width));
  attention.heads = heads;
  if (width % heads != 0)
    return Unexpected{TensorError{prefix + ".out_proj.weight", fmt::format("{} rows", width),
                                  fmt::format("a multiple of {} heads", heads)}};
  return attention;
}

void Attention::forward(std::span<const float> xs, Sight sight, const Rotary* rotary,
                        KeyValueCache& cache, AttentionRoom& room, std::span<float> ys) const {
  const std::size_t count = xs.size() / width();
  TOCCATA_ASSERT(xs.size() == count * width() && ys.size() == xs.size());
  TOCCATA_ASSERT(room.mixed.size() >= xs.size() &&
                 room.scores.size() >= AttentionRoom::kQueries * (cache.size() + count));
  const auto projected = std::span(room.projected).first(3 * xs.size());
  const auto mixed = std::span(room.mixed).first(xs.size());
  project.forward(xs, projected);
  const auto part = [&](std::size_t position, std::size_t which) {
    return projected.subspan((3 * position + which) * width(), width());
  };
  const auto remember = [&](std::size_t i) {
    if (rotary != nullptr) {
      rotary->turn(cache.size(), part(i, 0));
      rotary->turn(cache.size(), part(i, 1));
    }
    cache.append(part(i, 1), part(i, 2));
  };
  for (std::size_t i = 0; i < count; ++i) {
    remember(i);
    if (sight == Sight::Causal) gather(*this, cache, i, 1, room);
  }
  constexpr std::size_t kQueries = AttentionRoom::kQueries;
  for (std::size_t i = 0; sight == Sight::Whole && i < count; i += kQueries)
    gather(*this, cache, i, std::min(kQueries, count - i), room);
  out.forward(mixed, ys);
}

}  // namespace toccata::ml
