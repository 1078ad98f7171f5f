// SPDX-License-Identifier: MIT
// Long short-term memory: layers that read a sequence step by step, or whole from both ends.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <toccata/ml/matrix.hpp>

namespace toccata::ml {

/// What one LSTM layer reads a sequence with in one direction.
/// Source: Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000.
struct LstmCell {
  Matrix input;             ///< [4 width, inputs]: input, forget, candidate and output gates
  Matrix recurrent;         ///< [4 width, width]
  std::vector<float> bias;  ///< [4 width], both of the file's added

  /// Tensors PREFIX.weight_ihSUFFIX, .weight_hhSUFFIX, .bias_ihSUFFIX and .bias_hhSUFFIX, as
  /// torch.nn.LSTM names them ("_l0", "_l0_reverse"). Errors: see TensorError.
  static Result<LstmCell, TensorError> load(const Weights& weights, const std::string& prefix,
                                            const std::string& suffix, std::size_t width,
                                            std::size_t inputs);

  std::size_t width() const { return recurrent.cols(); }
  std::size_t inputs() const { return input.cols(); }
};

/// Where a sequence read with an Lstm stands, and the room to go on. Made by Lstm::begin.
struct LstmState {
  std::vector<float> cells, outputs;  ///< [layers, width]: copy these to return here later
  std::vector<float> gates, between;  ///< room for kLstmChunk steps
};
/// How many steps are projected at once.
inline constexpr std::size_t kLstmChunk = 32;

/// Layers one above the other, from the first step to the last.
struct Lstm {
  std::vector<LstmCell> layers;  ///< at least one, all of the same width

  /// Layers "_l0", "_l1", ... of PREFIX, as many as asked for. Range: layer_count at least 1.
  /// Errors: see TensorError.
  static Result<Lstm, TensorError> load(const Weights& weights, const std::string& prefix,
                                        std::size_t layer_count, std::size_t width,
                                        std::size_t inputs);

  std::size_t width() const { return layers.front().width(); }
  std::size_t inputs() const { return layers.front().inputs(); }

  /// A state of zeros: the beginning of a sequence.
  LstmState begin() const;

  /// The last layer's outputs for the next n steps; one step at a time gives the same bits as all
  /// at once, which is faster. Range: xs.size() = n * inputs(), ys.size() = n * width(), not
  /// overlapping. Realtime: safe.
  void forward(std::span<const float> xs, LstmState& state, std::span<float> ys) const;
};

/// Layers that read the whole sequence from both ends; each hears both directions of the one below.
struct BidirectionalLstm {
  struct Layer {
    LstmCell forward, backward;
  };
  std::vector<Layer> layers;  ///< at least one, all of the same width

  /// Layers "_l0" and "_l0_reverse", ... of PREFIX. Errors: see TensorError.
  static Result<BidirectionalLstm, TensorError> load(const Weights& weights,
                                                     const std::string& prefix,
                                                     std::size_t layer_count, std::size_t width,
                                                     std::size_t inputs);

  std::size_t width() const { return layers.front().forward.width(); }
  std::size_t inputs() const { return layers.front().forward.inputs(); }

  /// For each of n steps what the last layer heard from before, then what from after: 2 width()
  /// numbers. Range: xs.size() = n * inputs(). Cost: allocates the result and, with several layers,
  /// as much again.
  std::vector<float> forward(std::span<const float> xs) const;
};

}  // namespace toccata::ml
