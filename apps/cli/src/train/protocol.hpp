// SPDX-License-Identifier: MIT
// What train is asked for, and the protocols: one file each.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "failure.hpp"

namespace toccata::cli {

/// One call of `train expression`. What was not given is the protocol's own, or with `resume` that
/// of the run.
struct TrainRequest {
  std::optional<std::string> data;  ///< a folder or an archive
  std::optional<std::string> rows;  ///< a table
  std::filesystem::path folder;     ///< the run's
  std::optional<std::int64_t> max_files, sample;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> from;
  std::optional<std::string> networks;  ///< a file of weights that toccata-train wrote
  bool resume = false;
};

Outcome<void> train_note_wise(const TrainRequest& request);
Outcome<void> train_pieces(const TrainRequest& request);

}  // namespace toccata::cli
