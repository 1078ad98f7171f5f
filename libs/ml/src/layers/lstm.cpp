// SPDX-License-Identifier: MIT
// What a step adds to the gates from the input doesn't depend on other steps: it is computed for
// many at once, and each step then adds what it remembers.
#include <toccata/ml/layers/lstm.hpp>

#include <algorithm>

#include <fmt/format.h>

#include <toccata/base/assert.hpp>

#include "kernels/kernels.hpp"

namespace toccata::ml {
namespace {

/// A stretch of a sequence for one cell: where its outputs go, and the memory that it changes.
struct Stretch {
  std::span<const float> xs;
  std::span<float> cell, output;
  std::span<float> gates;  ///< room for as many steps as there are in xs
  float* ys;               ///< one step's outputs every `stride`
  std::size_t stride;
};
enum class Direction { Forward, Backward };

void read(const LstmCell& cell, Direction direction, const Stretch& stretch) {
  const std::size_t steps = stretch.xs.size() / cell.inputs(), size = cell.recurrent.rows();
  cell.input.multiply(stretch.xs, cell.bias, stretch.gates.first(steps * size));
  for (std::size_t i = 0; i < steps; ++i) {
    const std::size_t t = direction == Direction::Forward ? i : steps - 1 - i;
    const auto gates = stretch.gates.subspan(t * size, size);
    cell.recurrent.multiply(stretch.output, gates, gates);
    kernels::lstm_cell(gates, stretch.cell, stretch.output);
    std::copy(stretch.output.begin(), stretch.output.end(), stretch.ys + t * stretch.stride);
  }
}

/// A whole sequence from zeros, in chunks; outputs go to every `stride`th place from `ys` on.
void read_all(const LstmCell& cell, Direction direction, std::span<const float> xs, float* ys,
              std::size_t stride) {
  const std::size_t steps = xs.size() / cell.inputs();
  std::vector<float> memory(2 * cell.width()), gates(kLstmChunk * cell.recurrent.rows());
  const std::size_t chunks = (steps + kLstmChunk - 1) / kLstmChunk;
  for (std::size_t i = 0; i < chunks; ++i) {
    const std::size_t begin = kLstmChunk * (direction == Direction::Forward ? i : chunks - 1 - i);
    const std::size_t count = std::min(kLstmChunk, steps - begin);
    read(cell, direction,
         {xs.subspan(begin * cell.inputs(), count * cell.inputs()),
          std::span(memory).first(cell.width()), std::span(memory).last(cell.width()), gates,
          ys + begin * stride, stride});
  }
}

}  // namespace

Result<LstmCell, TensorError> LstmCell::load(const Weights& weights, const std::string& prefix,
                                             const std::string& suffix, std::size_t width,
                                             std::size_t inputs) {
  LstmCell cell;
  const std::string w = prefix + ".weight_", b = prefix + ".bias_";
  TOCCATA_TRY(cell.recurrent, Matrix::load(weights, w + "hh" + suffix, 4 * width, width));
  TOCCATA_TRY(cell.input, Matrix::load(weights, w + "ih" + suffix, 4 * width, inputs));
  const std::size_t shape[] = {4 * width};
  TOCCATA_TRY(cell.bias, weights.values<float>(b + "ih" + suffix, shape));
  TOCCATA_TRY(const auto more, weights.values<float>(b + "hh" + suffix, shape));
  for (std::size_t i = 0; i < more.size(); ++i) cell.bias[i] += more[i];
  return cell;
}

Result<Lstm, TensorError> Lstm::load(const Weights& weights, const std::string& prefix,
                                     std::size_t layer_count, std::size_t width,
                                     std::size_t inputs) {
  Lstm lstm;
  for (std::size_t i = 0; i < layer_count; ++i) {
    TOCCATA_TRY(LstmCell cell, LstmCell::load(weights, prefix, fmt::format("_l{}", i), width,
                                              i == 0 ? inputs : width));
    lstm.layers.push_back(std::move(cell));
  }
  return lstm;
}

LstmState Lstm::begin() const {
  const std::size_t memory = layers.size() * width(), room = kLstmChunk * width();
  return {std::vector<float>(memory), std::vector<float>(memory), std::vector<float>(4 * room),
          std::vector<float>(2 * room)};
}

void Lstm::forward(std::span<const float> xs, LstmState& state, std::span<float> ys) const {
  const std::size_t steps = xs.size() / inputs(), room = kLstmChunk * width();
  TOCCATA_ASSERT(xs.size() == steps * inputs() && ys.size() == steps * width());
  for (std::size_t begin = 0; begin < steps; begin += kLstmChunk) {
    const std::size_t count = std::min(kLstmChunk, steps - begin);
    auto from = xs.subspan(begin * inputs(), count * inputs());
    for (std::size_t i = 0; i < layers.size(); ++i) {
      // Layers below the last write in turn to the two halves of `between`.
      const auto to = i + 1 == layers.size()
                          ? ys.subspan(begin * width(), count * width())
                          : std::span(state.between).subspan(i % 2 * room, count * width());
      read(layers[i], Direction::Forward,
           {from, std::span(state.cells).subspan(i * width(), width()),
            std::span(state.outputs).subspan(i * width(), width()), state.gates, to.data(),
            width()});
      from = to;
    }
  }
}

Result<BidirectionalLstm, TensorError> BidirectionalLstm::load(const Weights& weights,
                                                               const std::string& prefix,
                                                               std::size_t layer_count,
                                                               std::size_t width,
                                                               std::size_t inputs) {
  BidirectionalLstm lstm;
  for (std::size_t i = 0; i < layer_count; ++i) {
    const std::string suffix = fmt::format("_l{}", i);
    const std::size_t below = i == 0 ? inputs : 2 * width;
    TOCCATA_TRY(LstmCell forward, LstmCell::load(weights, prefix, suffix, width, below));
    TOCCATA_TRY(LstmCell backward,
                LstmCell::load(weights, prefix, suffix + "_reverse", width, below));
    lstm.layers.push_back({std::move(forward), std::move(backward)});
  }
  return lstm;
}

std::vector<float> BidirectionalLstm::forward(std::span<const float> xs) const {
  const std::size_t steps = xs.size() / inputs(), stride = 2 * width();
  TOCCATA_ASSERT(xs.size() == steps * inputs());
  if (steps == 0) return {};
  std::vector<float> below, ys;
  for (const Layer& layer : layers) {
    ys.resize(steps * stride);
    read_all(layer.forward, Direction::Forward, xs, ys.data(), stride);
    read_all(layer.backward, Direction::Backward, xs, ys.data() + width(), stride);
    below.swap(ys);
    xs = below;
  }
  return below;
}

}  // namespace toccata::ml
