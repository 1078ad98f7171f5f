// SPDX-License-Identifier: MIT
#include <toccata/train_torch/older_past.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <toccata/ml/quantise.hpp>
#include <toccata/perform/past.hpp>

namespace toccata::train_torch {
namespace {

/// Where what a player was told stands in what it is told now.
Result<std::vector<std::size_t>, TrainError> places_in(const std::vector<std::string>& names,
                                                       std::string_view told,
                                                       const std::string& player) {
  std::vector<std::size_t> places;
  auto from = names.begin();
  for (std::size_t begin = 0; begin <= told.size();) {
    const std::size_t end = std::min(told.find(',', begin), told.size());
    const std::string_view name = told.substr(begin, end - begin);
    begin = end + 1;
    from = std::find(from, names.end(), name);
    if (from == names.end())
      return Unexpected{TrainError{
          fmt::format("metadata {}.past: \"{}\" is not told by this version, or in another order",
                      player, name.substr(0, 40))}};
    places.push_back(static_cast<std::size_t>(from++ - names.begin()));
  }
  return places;
}

/// Widens the tensors of one player.
class Widening {
 public:
  Widening(ml::Weights& weights, const ml::Weights& fresh, std::string player,
           const std::vector<std::size_t>& places)
      : weights_(weights), fresh_(fresh), player_(std::move(player)), places_(places) {}

  Result<void, TrainError> run() {
    TOCCATA_CHECK(widen_standard(".past_mean"));
    TOCCATA_CHECK(widen_standard(".past_scale"));
    return widen_inputs(".lstm.weight_ih_l0");
  }

 private:
  Result<const ml::Tensor*, TrainError> fresh(const std::string& name) const {
    if (const ml::Tensor* tensor = fresh_.find(name)) return tensor;
    return Unexpected{TrainError{fmt::format("tensor {} is missing", name)}};
  }
  Result<std::vector<float>, TrainError> numbers(const std::string& name,
                                                 const std::vector<std::size_t>& shape) const {
    auto values = ml::widened(weights_, name, shape);
    if (values) return *std::move(values);
    return Unexpected{TrainError{describe(values.error())}};
  }
  void put(const std::string& name, const std::vector<std::size_t>& shape,
           const std::vector<float>& values) {
    std::erase_if(weights_.tensors, [&](const ml::Tensor& tensor) {
      return tensor.name == name || tensor.name == name + ".scale";
    });
    weights_.tensors.push_back(ml::make_tensor<float>(name, shape, values));
  }

  Result<void, TrainError> widen_standard(const char* kind) {
    const std::string name = player_ + kind;
    TOCCATA_TRY(const ml::Tensor* own, fresh(name));
    TOCCATA_TRY(const auto known, numbers(name, {places_.size()}));
    auto values = *fresh_.values<float>(name, own->shape);
    for (std::size_t i = 0; i < places_.size(); ++i) values[places_[i]] = known[i];
    put(name, own->shape, values);
    return {};
  }

  /// Its columns are those of the encoder, the past's numbers, and whether each is missing.
  Result<void, TrainError> widen_inputs(const char* kind) {
    const std::string name = player_ + kind;
    TOCCATA_TRY(const ml::Tensor* own, fresh(name));
    TOCCATA_TRY(const ml::Tensor* mean, fresh(player_ + ".past_mean"));
    const std::size_t rows = own->shape[0], columns = own->shape[1], all = mean->shape[0];
    const std::size_t encoded = columns - 2 * all, told = places_.size();
    TOCCATA_TRY(const auto known, numbers(name, {rows, encoded + 2 * told}));
    std::vector<float> values(rows * columns);
    for (std::size_t row = 0; row < rows; ++row) {
      const float* from = known.data() + row * (encoded + 2 * told);
      float* to = values.data() + row * columns;
      std::copy_n(from, encoded, to);
      for (std::size_t i = 0; i < told; ++i) {
        to[encoded + places_[i]] = from[encoded + i];
        to[encoded + all + places_[i]] = from[encoded + told + i];
      }
    }
    put(name, own->shape, values);
    return {};
  }

  ml::Weights& weights_;
  const ml::Weights& fresh_;
  std::string player_;
  const std::vector<std::size_t>& places_;
};

}  // namespace

Result<void, TrainError> check_players(const ml::Weights& weights, const learn::NetworkTask& task) {
  const std::string needed = learn::name_of(task);
  for (const Target target : task.targets) {
    const std::string player = learn::player_name(task, target);
    const auto reader = weights.metadata.find(player + ".reader");
    if (reader == weights.metadata.end() || reader->second != needed)
      return Unexpected{TrainError{fmt::format(
          "metadata {}.reader: found {}, but {} is needed", player,
          reader == weights.metadata.end() ? "none" : reader->second.substr(0, 40), needed)}};
    const auto told = weights.metadata.find(player + ".past");
    if (told != weights.metadata.end())
      TOCCATA_CHECK(places_in(past_names(target), told->second, player));
  }
  return {};
}

Result<ml::Weights, TrainError> with_whole_past(const ml::Weights& weights,
                                                const ml::Weights& fresh,
                                                const learn::NetworkTask& task) {
  ml::Weights whole = weights;
  for (const Target target : task.targets) {
    const std::string player = learn::player_name(task, target);
    const auto told = weights.metadata.find(player + ".past");
    if (told == weights.metadata.end()) continue;
    const auto& names = past_names(target);
    TOCCATA_TRY(const auto places, places_in(names, told->second, player));
    if (places.size() == names.size()) continue;
    TOCCATA_CHECK(Widening(whole, fresh, player, places).run());
    whole.metadata[player + ".past"] = fmt::format("{}", fmt::join(names, ","));
  }
  return whole;
}

}  // namespace toccata::train_torch
