// SPDX-License-Identifier: MIT
// A network that reads a whole sequence of rows and says something of each.
#pragma once

#include <string>
#include <vector>

#include <toccata/ml/layers/attention.hpp>
#include <toccata/ml/layers/layer_norm.hpp>
#include <toccata/ml/layers/lstm.hpp>
#include <toccata/ml/layers/standardise.hpp>

namespace toccata::ml {

/// What each row of a sequence is in its surroundings: rows are standardised, embedded (a layer,
/// a norm, a rectifier), read from both ends by an LSTM, and compared with their neighbours by
/// attention within blocks of rows, added to what the LSTM heard and normed.
/// Source: Schuster and Paliwal 1997 (reading from both ends), Vaswani et al. 2017 (attention).
struct SequenceEncoder {
  Standardise columns;
  Linear embed;
  LayerNorm embed_norm;
  BidirectionalLstm lstm;
  Attention attention;
  LayerNorm attention_norm;
  std::size_t block = 1;  ///< rows that attend to each other, counted from the sequence's begin

  /// Tensors PREFIX.mean, .scale, .embed.*, .embed_norm.*, .lstm.*, .attention.* and
  /// .attention_norm.*, whose shapes say all sizes; metadata PREFIX.heads and PREFIX.block.
  /// Errors: see TensorError; metadata that is missing or out of range, as a tensor of its name.
  static Result<SequenceEncoder, TensorError> load(const Weights& weights,
                                                   const std::string& prefix);

  std::size_t features() const { return columns.features(); }
  std::size_t width() const { return 2 * lstm.width(); }  ///< of what it says of a row

  /// width() numbers a row. Range: xs has features() columns, finite or NaN.
  /// Cost: O(rows * (weights + block * width())); allocates a few times the result.
  std::vector<float> forward(const FeatureView& xs) const;
};

/// An encoder, and numbers foretold from it.
struct SequenceReader {
  SequenceEncoder encoder;
  Linear head;
  std::vector<float> target_mean, target_scale;  ///< what brings them to their own units

  /// The encoder's tensors, PREFIX.head.*, .target_mean and .target_scale. Errors: see there.
  static Result<SequenceReader, TensorError> load(const Weights& weights,
                                                  const std::string& prefix);

  std::size_t outputs() const { return head.outputs(); }

  /// outputs() numbers a row, one after the other, of what the encoder gave. Cost: O(rows * width).
  std::vector<float> foretell(std::span<const float> encoded) const;
};

}  // namespace toccata::ml
