// SPDX-License-Identifier: MIT
#include <toccata/ml/layers/attention.hpp>

#include <cmath>

#include <fmt/format.h>

#include <toccata/base/assert.hpp>
#include <toccata/ml/layers/softmax.hpp>

#include "kernels/kernels.hpp"

namespace toccata::ml {
namespace {

/// What one position gathers from all that the cache holds, head after head.
void gather(const Attention& attention, const KeyValueCache& cache, std::span<float> query,
            std::span<float> scores, std::span<float> out) {
  const std::size_t head_width = attention.width() / attention.heads;
  kernels::scale(query, 1.0F / std::sqrt(static_cast<float>(head_width)));
  for (std::size_t head = 0; head < attention.heads; ++head) {
    cache.score(head, query.subspan(head * head_width, head_width), scores);
    softmax(scores);
    cache.mix(head, scores, out.subspan(head * head_width, head_width));
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
  TOCCATA_ASSERT(room.mixed.size() >= xs.size() && room.scores.size() >= cache.size() + count);
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
  const auto ask = [&](std::size_t i) {
    gather(*this, cache, part(i, 0), std::span(room.scores).first(cache.size()),
           mixed.subspan(i * width(), width()));
  };
  for (std::size_t i = 0; i < count; ++i) {
    remember(i);
    if (sight == Sight::Causal) ask(i);
  }
  for (std::size_t i = 0; sight == Sight::Whole && i < count; ++i) ask(i);
  out.forward(mixed, ys);
}

}  // namespace toccata::ml
