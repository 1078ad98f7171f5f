// SPDX-License-Identifier: MIT
// What a run of networks comes to: figures, a report, a card and the model's file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <toccata/learn/expression_figures.hpp>

#include "models.hpp"
#include "network_data.hpp"

namespace toccata::cli {

/// Figures of one target of a network on one side of the split.
struct NetworkFigures {
  std::string name;  ///< of the network, or of its player
  toccata::Target target;
  learn::Form form;
  learn::Split side;
  learn::ExpressionFigures figures;
  Spread spread;  ///< of the differences
};

/// A network that is trained.
struct NetworkResult {
  learn::NetworkTask task;
  train_torch::NetworkShape shape;
  train_torch::TrainedNetwork trained;
  std::vector<NetworkFigures> figures;
};

/// What the weights of a run come from.
struct NetworkOrigin {
  const learn::PackedFrom& data;
  const std::optional<NamedWeights>& model;  ///< that it went on from
};

/// What a network's weights say of the columns that it reads, in their order.
std::string columns_text(const learn::NetworkTask& task);
/// What a player's weights say of the numbers of the past that it is told.
std::string past_text(toccata::Target target);
/// A Markdown table.
std::string to_text(std::span<const NetworkFigures> figures);
Json to_json(const NetworkResult& result);
std::string report_of(const NetworkRun& run, const learn::PackedFrom& from, const Sides& sides,
                      std::span<const NetworkResult> results);
/// Losses and validation over the epochs, a panel a network.
std::string curves_of(std::span<const NetworkResult> results);
/// What the weights are, for those who find them without the run.
std::string card_of(const NetworkRun& run, const NetworkOrigin& origin,
                    std::span<const NetworkResult> results);
/// All networks in one file. They are under the terms of all that they were learned from.
ml::Weights weights_of(const NetworkRun& run, const NetworkOrigin& origin,
                       std::span<const NetworkResult> results);

}  // namespace toccata::cli
