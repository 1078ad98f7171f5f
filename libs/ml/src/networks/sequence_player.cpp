// SPDX-License-Identifier: MIT
#include <toccata/ml/networks/sequence_player.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <toccata/base/assert.hpp>
#include <toccata/ml/layers/softmax.hpp>

#include "networks/shapes.hpp"

namespace toccata::ml {

Result<SequencePlayer, TensorError> SequencePlayer::load(const Weights& weights,
                                                         const std::string& prefix,
                                                         std::size_t encoded) {
  SequencePlayer player;
  TOCCATA_TRY(player.past, Standardise::load(weights, prefix + ".past_"));
  const std::string lstm = prefix + ".lstm";
  TOCCATA_TRY(player.lstm, Lstm::load(weights, lstm, lstm_layers(weights, lstm),
                                      lstm_width(weights, lstm), encoded + player.past.outputs()));
  TOCCATA_TRY(player.head, Linear::load(weights, prefix + ".head", kAnySize, player.lstm.width()));
  const std::size_t two[] = {2};
  TOCCATA_TRY(const auto range, weights.values<float>(prefix + ".range", two));
  player.low = range[0];
  player.high = range[1];
  if (!std::isfinite(player.low) || !std::isfinite(player.high) || player.low >= player.high)
    return Unexpected{TensorError{prefix + ".range",
                                  fmt::format("{} to {}", player.low, player.high),
                                  "two numbers, the lower one first"}};
  return player;
}

PlayerState SequencePlayer::begin(std::span<const float> encoded) const {
  return {encoded,
          0,
          lstm.begin(),
          std::vector<float>(lstm.inputs()),
          std::vector<float>(lstm.width()),
          std::vector<float>(bins()),
          std::vector<float>(bins()),
          Sampler(bins())};
}

void SequencePlayer::hear(std::span<const float> past_numbers, PlayerState& state) const {
  const std::size_t width = encoded_width();
  TOCCATA_ASSERT(past_numbers.size() == past.features());
  TOCCATA_ASSERT((state.row + 1) * width <= state.encoded.size());
  std::ranges::copy(state.encoded.subspan(state.row * width, width), state.inputs.begin());
  past.forward({past_numbers, 1, past_numbers.size(), 1}, 0,
               std::span(state.inputs).subspan(width));
  lstm.forward(state.inputs, state.lstm, state.heard);
  head.forward(state.heard, state.logits);
  for (float& logit : state.logits)
    if (!std::isfinite(logit)) logit = 0;  // of weights too large to compute with
  ++state.row;
}

double SequencePlayer::expected(PlayerState& state) const {
  std::ranges::copy(state.logits, state.chances.begin());
  softmax(state.chances);
  double sum = 0;
  for (std::size_t bin = 0; bin < bins(); ++bin)
    sum += static_cast<double>(state.chances[bin]) * static_cast<double>(middle(bin));
  return sum;
}

double SequencePlayer::draw(const SamplerOptions& options, PlayerState& state, Rng& rng) const {
  const double width = static_cast<double>(high - low) / static_cast<double>(bins());
  const std::size_t bin = state.sampler.draw(state.logits, options, rng);
  return static_cast<double>(low) + (static_cast<double>(bin) + rng.uniform()) * width;
}

}  // namespace toccata::ml
