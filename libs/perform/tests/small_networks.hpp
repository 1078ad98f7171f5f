// SPDX-License-Identifier: MIT
// Networks of a few weights, as files of weights hold them.
#pragma once

#include <string>
#include <vector>

#include <toccata/base/rng.hpp>
#include <toccata/perform/expression_model.hpp>
#include <toccata/perform/past.hpp>

namespace toccata {

/// Weights of networks small in all but their columns.
struct SmallNetworks {
  static constexpr std::size_t kEmbedded = 4, kWidth = 2, kBins = 5;
  ml::Weights weights;

  void add(const std::string& name, std::vector<std::size_t> shape, float size = 0.5F) {
    Rng rng(stable_hash(name));
    std::size_t count = 1;
    for (const std::size_t length : shape) count *= length;
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(rng.uniform() * 2 - 1) * size;
    weights.tensors.push_back(ml::make_tensor<float>(name, std::move(shape), values));
  }
  void add_linear(const std::string& name, std::size_t outputs, std::size_t inputs) {
    add(name + ".weight", {outputs, inputs});
    add(name + ".bias", {outputs});
  }
  void add_cell(const std::string& name, const std::string& suffix, std::size_t inputs) {
    add(name + ".weight_ih" + suffix, {4 * kWidth, inputs});
    add(name + ".weight_hh" + suffix, {4 * kWidth, kWidth});
    add(name + ".bias_ih" + suffix, {4 * kWidth});
    add(name + ".bias_hh" + suffix, {4 * kWidth});
  }
  void add_encoder(const std::string& name, std::size_t columns) {
    add(name + ".mean", {columns});
    add(name + ".scale", {columns}, 0.1F);
    add_linear(name + ".embed", kEmbedded, 2 * columns);
    add(name + ".embed_norm.weight", {kEmbedded});
    add(name + ".embed_norm.bias", {kEmbedded});
    for (const char* suffix : {"_l0", "_l0_reverse"}) add_cell(name + ".lstm", suffix, kEmbedded);
    add_linear(name + ".attention.in_proj", 6 * kWidth, 2 * kWidth);
    add_linear(name + ".attention.out_proj", 2 * kWidth, 2 * kWidth);
    add(name + ".attention_norm.weight", {2 * kWidth});
    add(name + ".attention_norm.bias", {2 * kWidth});
    weights.metadata[name + ".heads"] = "1";
    weights.metadata[name + ".block"] = "4";
  }
  void name_columns(const std::string& key, const std::vector<std::string>& columns) {
    std::string all;
    for (const auto& column : columns) all += (all.empty() ? "" : ",") + column;
    weights.metadata[key] = all;
  }
  void add_reader(Inputs inputs) {
    const std::string name = "network." + std::string(name_of(inputs));
    const std::size_t targets = reader_targets(inputs).size();
    add_encoder(name, columns_of(Target::NoteVelocity, inputs).size());
    add_linear(name + ".head", targets, 2 * kWidth);
    add(name + ".target_mean", {targets});
    add(name + ".target_scale", {targets});
    name_columns(name + ".columns", columns_of(Target::NoteVelocity, inputs));
  }
  void add_player(Target target, Inputs inputs, float low, float high) {
    const std::string name =
        "player." + std::string(name_of(target)) + "." + std::string(name_of(inputs));
    const auto& told = past_names(target);
    const std::size_t past = told.size();
    add(name + ".past_mean", {past});
    add(name + ".past_scale", {past}, 0.1F);
    add_cell(name + ".lstm", "_l0", 2 * kWidth + 2 * past);
    add_linear(name + ".head", kBins, kWidth);
    const float range[] = {low, high};
    weights.tensors.push_back(ml::make_tensor<float>(name + ".range", {2}, range));
    name_columns(name + ".past", told);
    weights.metadata[name + ".reader"] =
        "network." + std::string(name_of(heard_inputs(target, inputs)));
  }
};

}  // namespace toccata
