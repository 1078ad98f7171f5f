// SPDX-License-Identifier: MIT
// What a run of the protocol `pieces` is made with.
#pragma once

#include <optional>
#include <string>

#include "protocol.hpp"
#include "run_folder.hpp"

#include <toccata/base/json.hpp>

namespace toccata::cli {

constexpr std::uint64_t kPiecesSeed = 42;
constexpr const char* kPiecesConfig = "config.json";

/// What changes what is learned.
struct PiecesConfig {
  std::string data;
  std::uint64_t seed = kPiecesSeed;
  std::optional<std::int64_t> max_files;  ///< scores or takes drawn from the data; all without
  std::optional<std::string> networks;    ///< a file of weights; none without
};
Json to_json(const PiecesConfig& config);

/// The run's own options where one is gone on with, else those asked for.
Outcome<PiecesConfig> pieces_config(const RunFolder& folder, const TrainRequest& request);

/// What the data says of its licence: the first line of a file of that name.
std::string licence_of(const std::string& data);

/// Learns how drummers play from takes in Groove's layout.
Outcome<void> train_drums(RunFolder& folder, const PiecesConfig& config);

}  // namespace toccata::cli
