// SPDX-License-Identifier: MIT
// What a step adds to the gates from the input doesn't depend on other steps: it is computed for
// many at once, and each step then adds what it remembers.
#include <toccata/ml/layers/lstm.hpp>

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include <toccata/base/assert.hpp>

#include "kernels/kernels.hpp"

namespace toccata::ml {
namespace {

/// A stretch of a sequence for one cell: where its outputs go, and the memory that it changes.
struct Stretch {
  const LstmCell& cell;
  std::span<const float> xs;
  std::span<float> memory, output;
  std::span<float> gates;  ///< room for as many steps as there are in xs
  float* ys;               ///< one step's outputs every `stride`
  std::size_t stride;

  std::size_t steps() const { return xs.size() / cell.inputs(); }
  std::size_t size() const { return cell.recurrent.rows(); }
};

void add_inputs(const Stretch& stretch) {
  stretch.cell.input.multiply(stretch.xs, stretch.cell.bias,
                              stretch.gates.first(stretch.steps() * stretch.size()));
}

void step(const Stretch& stretch, std::size_t t) {
  const auto gates = stretch.gates.subspan(t * stretch.size(), stretch.size());
  stretch.cell.recurrent.multiply(stretch.output, gates, gates);
  kernels::lstm_cell(gates, stretch.memory, stretch.output);
  std::copy(stretch.output.begin(), stretch.output.end(), stretch.ys + t * stretch.stride);
}

/// What one direction of a layer keeps while it reads.
struct Reading {
  explicit Reading(const LstmCell& of)
      : cell(of), memory(2 * of.width()), gates(kLstmChunk * of.recurrent.rows()) {}

  Stretch stretch(std::span<const float> xs, float* ys, std::size_t stride) {
    return {cell,
            xs,
            std::span(memory).first(cell.width()),
            std::span(memory).last(cell.width()),
            gates,
            ys,
            stride};
  }

  const LstmCell& cell;
  std::vector<float> memory, gates;
};

/// A whole sequence from zeros, in chunks, by two cells from its two ends: `forward` writes from
/// `ys` on, `backward` behind it, a step every 2 widths. Their steps go in turn, as neither waits
/// for the other, so that one's work hides how long the other's takes.
void read_all(Reading forward, Reading backward, std::span<const float> xs, float* ys) {
  const std::size_t inputs = forward.cell.inputs(), width = forward.cell.width();
  const std::size_t steps = xs.size() / inputs, chunks = (steps + kLstmChunk - 1) / kLstmChunk;
  const auto part = [&](Reading& reading, std::size_t chunk, float* to) {
    const std::size_t first = kLstmChunk * chunk, count = std::min(kLstmChunk, steps - first);
    const Stretch stretch = reading.stretch(xs.subspan(first * inputs, count * inputs),
                                            to + first * 2 * width, 2 * width);
    add_inputs(stretch);
    return stretch;
  };
  // The last chunk may be short, and is the first of those from behind.
  std::size_t from_front = 0, from_behind = 0, ahead = 0, behind = 0;
  std::optional<Stretch> front, back;
  for (std::size_t done = 0; done < steps; ++done) {
    if (!front || ahead == front->steps()) {
      front.emplace(part(forward, from_front++, ys));
      ahead = 0;
    }
    if (behind == 0) {
      back.emplace(part(backward, chunks - ++from_behind, ys + width));
      behind = back->steps();
    }
    step(*front, ahead++);
    step(*back, --behind);
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
      const Stretch stretch{layers[i],
                            from,
                            std::span(state.cells).subspan(i * width(), width()),
                            std::span(state.outputs).subspan(i * width(), width()),
                            state.gates,
                            to.data(),
                            width()};
      add_inputs(stretch);
      for (std::size_t t = 0; t < count; ++t) step(stretch, t);
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
    read_all(Reading(layer.forward), Reading(layer.backward), xs, ys.data());
    below.swap(ys);
    xs = below;
  }
  return below;
}

}  // namespace toccata::ml
