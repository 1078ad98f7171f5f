// SPDX-License-Identifier: MIT
#include <toccata/ml/networks/sequence_reader.hpp>

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include <toccata/ml/functions.hpp>

#include "networks/shapes.hpp"

namespace toccata::ml {
namespace {

constexpr std::size_t kMostHeads = 64, kMostBlock = 4096;
constexpr std::size_t kRowsAtOnce = 32;

/// A whole number of the metadata. Range of what is taken: [1, most].
Result<std::size_t, TensorError> number_of(const Weights& weights, const std::string& key,
                                           std::size_t most) {
  const auto found = weights.metadata.find(key);
  const std::string text = found == weights.metadata.end() ? "" : found->second;
  std::size_t number = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc() || end != text.data() + text.size() || number < 1 || number > most)
    return Unexpected{TensorError{key + " (metadata)",
                                  found == weights.metadata.end() ? "nothing" : text.substr(0, 20),
                                  fmt::format("a whole number from 1 to {}", most)}};
  return number;
}

}  // namespace

Result<SequenceEncoder, TensorError> SequenceEncoder::load(const Weights& weights,
                                                           const std::string& prefix) {
  SequenceEncoder encoder;
  TOCCATA_TRY(encoder.columns, Standardise::load(weights, prefix + "."));
  TOCCATA_TRY(encoder.embed,
              Linear::load(weights, prefix + ".embed", kAnySize, encoder.columns.outputs()));
  TOCCATA_TRY(encoder.embed_norm,
              LayerNorm::load(weights, prefix + ".embed_norm", encoder.embed.outputs()));
  const std::string lstm = prefix + ".lstm";
  TOCCATA_TRY(encoder.lstm,
              BidirectionalLstm::load(weights, lstm, lstm_layers(weights, lstm),
                                      lstm_width(weights, lstm), encoder.embed.outputs()));
  TOCCATA_TRY(const std::size_t heads, number_of(weights, prefix + ".heads", kMostHeads));
  TOCCATA_TRY(encoder.attention,
              Attention::load(weights, prefix + ".attention", heads, encoder.width()));
  TOCCATA_TRY(encoder.attention_norm,
              LayerNorm::load(weights, prefix + ".attention_norm", encoder.width()));
  TOCCATA_TRY(encoder.block, number_of(weights, prefix + ".block", kMostBlock));
  return encoder;
}

std::vector<float> SequenceEncoder::forward(const FeatureView& xs) const {
  std::vector<float> rows(kRowsAtOnce * columns.outputs());
  std::vector<float> embedded(xs.rows * embed.outputs());
  for (std::size_t first = 0; first < xs.rows; first += kRowsAtOnce) {
    const std::size_t count = std::min(kRowsAtOnce, xs.rows - first);
    const auto some = std::span(rows).first(count * columns.outputs());
    columns.forward(xs, first, some);
    embed.forward(some,
                  std::span(embedded).subspan(first * embed.outputs(), count * embed.outputs()));
  }
  embed_norm.forward(embedded, embedded);
  map_each(Function::Relu, embedded);
  std::vector<float> heard = lstm.forward(embedded);
  AttentionRoom room(width(), block, block);
  KeyValueCache cache = attention.begin(block);
  std::vector<float> gathered(block * width());
  for (std::size_t first = 0; first < xs.rows; first += block) {
    const std::size_t count = std::min(block, xs.rows - first) * width();
    const auto some = std::span(heard).subspan(first * width(), count);
    cache.shorten(0);
    attention.forward(some, Sight::Whole, nullptr, cache, room, std::span(gathered).first(count));
    for (std::size_t i = 0; i < count; ++i) some[i] += gathered[i];
  }
  attention_norm.forward(heard, heard);
  return heard;
}

Result<SequenceReader, TensorError> SequenceReader::load(const Weights& weights,
                                                         const std::string& prefix) {
  SequenceReader reader;
  TOCCATA_TRY(reader.encoder, SequenceEncoder::load(weights, prefix));
  TOCCATA_TRY(reader.head,
              Linear::load(weights, prefix + ".head", kAnySize, reader.encoder.width()));
  const std::size_t shape[] = {reader.outputs()};
  TOCCATA_TRY(reader.target_mean, weights.values<float>(prefix + ".target_mean", shape));
  TOCCATA_TRY(reader.target_scale, weights.values<float>(prefix + ".target_scale", shape));
  return reader;
}

std::vector<float> SequenceReader::foretell(std::span<const float> encoded) const {
  std::vector<float> ys(encoded.size() / encoder.width() * outputs());
  head.forward(encoded, ys);
  for (std::size_t i = 0; i < ys.size(); ++i)
    ys[i] = ys[i] * target_scale[i % outputs()] + target_mean[i % outputs()];
  return ys;
}

}  // namespace toccata::ml
