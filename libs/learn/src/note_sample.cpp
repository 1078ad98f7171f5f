// SPDX-License-Identifier: MIT
#include <toccata/learn/note_sample.hpp>

#include "sample_counts.hpp"

namespace toccata::learn {
namespace {

constexpr std::size_t kContextNumbers = 3;

template <class T>
Result<std::vector<T>, DataError> numbers_in(const ml::Weights& weights, const char* name,
                                             std::initializer_list<std::size_t> shape) {
  auto values = weights.values<T>(name, std::vector<std::size_t>(shape));
  if (!values) return Unexpected{not_rows(describe(values.error()))};
  return *std::move(values);
}

}  // namespace

std::vector<std::size_t> NoteSample::side(bool test) const {
  std::vector<std::size_t> rows;
  for (std::size_t i = 0; i < is_test.size(); ++i)
    if ((is_test[i] != 0) == test) rows.push_back(i);
  return rows;
}

ml::Weights pack_sample(const NoteSample& sample) {
  ml::Weights weights;
  save_counts(sample.counts, weights);
  const std::size_t rows = sample.rows();
  const auto add = [&]<class T>(const char* name, std::vector<std::size_t> shape,
                                std::span<const T> values) {
    weights.tensors.push_back(ml::make_tensor<T>(name, std::move(shape), values));
  };
  std::vector<float> features;
  for (std::size_t f = 0; f < sample.features.features(); ++f) {
    const auto column = sample.features.column(f);
    features.insert(features.end(), column.begin(), column.end());
  }
  std::vector<float> context;
  for (const NoteContext& around : sample.context)
    context.insert(context.end(),
                   {around.previous_velocity, around.beat_weight, around.unevenness});
  add("features", {sample.features.features(), rows}, std::span<const float>(features));
  add("velocity", {rows}, std::span<const float>(sample.velocity));
  add("duration", {rows}, std::span<const float>(sample.duration));
  add("is_test", {rows}, std::span<const std::uint8_t>(sample.is_test));
  add("context", {sample.context.size(), kContextNumbers}, std::span<const float>(context));
  return weights;
}

Result<NoteSample, DataError> unpack_sample(const ml::Weights& weights) {
  NoteSample sample;
  TOCCATA_TRY(sample.counts, load_counts(weights));
  TOCCATA_TRY(sample.velocity, numbers_in<float>(weights, "velocity", {ml::kAnySize}));
  const std::size_t rows = sample.velocity.size();
  TOCCATA_TRY(sample.duration, numbers_in<float>(weights, "duration", {rows}));
  TOCCATA_TRY(sample.is_test, numbers_in<std::uint8_t>(weights, "is_test", {rows}));
  constexpr std::size_t kFeatures = kNoteWiseFeatures.size();
  TOCCATA_TRY(const auto features, numbers_in<float>(weights, "features", {kFeatures, rows}));
  sample.features = Table({kNoteWiseFeatures.begin(), kNoteWiseFeatures.end()}, rows);
  for (std::size_t f = 0; f < kFeatures; ++f)
    for (std::size_t i = 0; i < rows; ++i) sample.features.column(f)[i] = features[f * rows + i];
  TOCCATA_TRY(const auto context,
              numbers_in<float>(weights, "context", {ml::kAnySize, kContextNumbers}));
  if (!context.empty() && context.size() != rows * kContextNumbers)
    return Unexpected{not_rows("\"context\" must have a line for each row, or none")};
  for (std::size_t at = 0; at < context.size(); at += kContextNumbers)
    sample.context.push_back({context[at], context[at + 1], context[at + 2]});
  return sample;
}

}  // namespace toccata::learn
