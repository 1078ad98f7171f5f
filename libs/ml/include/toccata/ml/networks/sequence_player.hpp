// SPDX-License-Identifier: MIT
// A network that goes through a sequence step by step and is told what came of the steps before.
#pragma once

#include <string>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/ml/layers/linear.hpp>
#include <toccata/ml/layers/lstm.hpp>
#include <toccata/ml/layers/standardise.hpp>
#include <toccata/ml/sampler.hpp>

namespace toccata::ml {

/// Where a sequence read with a SequencePlayer stands, and room to go on.
struct PlayerState {
  std::span<const float> encoded;  ///< of all rows; borrowed
  std::size_t row = 0;             ///< the next one
  LstmState lstm;
  std::vector<float> inputs, heard, logits, chances;
  Sampler sampler;
};

/// An LSTM that hears of each row what a reader's encoder says of it and numbers of the past; and
/// chances of the row's value, in equal bins of a range. Several players share one reading.
/// Source: Graves 2013, Generating sequences with recurrent neural networks.
struct SequencePlayer {
  Standardise past;
  Lstm lstm;
  Linear head;
  float low = 0, high = 1;

  /// Tensors PREFIX.past_mean, .past_scale, .lstm.*, .head.* and .range (lowest and highest value);
  /// `encoded` is the width() of the encoder. Errors: see TensorError; a range that is none.
  static Result<SequencePlayer, TensorError> load(const Weights& weights, const std::string& prefix,
                                                  std::size_t encoded);

  std::size_t bins() const { return head.outputs(); }
  float middle(std::size_t bin) const {
    return low + (static_cast<float>(bin) + 0.5F) * (high - low) / static_cast<float>(bins());
  }

  /// Numbers of a row that an encoder gives.
  std::size_t encoded_width() const { return lstm.inputs() - past.outputs(); }
  /// The start of a sequence: what SequenceEncoder::forward gave of all its rows, which the state
  /// borrows.
  PlayerState begin(std::span<const float> encoded) const;
  PlayerState begin(std::vector<float>&& encoded) const = delete;

  /// Hears the past of the next row; the chances of its value are then those of state.logits.
  /// Range: past_numbers.size() = past.features(); rows left. Realtime: safe.
  void hear(std::span<const float> past_numbers, PlayerState& state) const;
  /// The mean of the value that was just asked for. Realtime: safe.
  double expected(PlayerState& state) const;
  /// A value drawn by its chances, anywhere in its bin. Realtime: safe.
  double draw(const SamplerOptions& options, PlayerState& state, Rng& rng) const;
};

}  // namespace toccata::ml
