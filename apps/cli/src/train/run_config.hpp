// SPDX-License-Identifier: MIT
// A note-wise run's options, kept in its folder so that going on means the same.
#pragma once

#include "protocol.hpp"
#include "run_folder.hpp"

namespace toccata::cli {

struct RunConfig {
  std::optional<std::string> data, rows;  ///< one of them
  std::size_t max_files = 500, sample = 100'000;
  std::uint64_t seed = 42;
};

Json to_json(const RunConfig& config);

/// The options of a run that is gone on with, else those asked for. Range: for a new run, data or
/// rows. Errors: an option that is not the run's.
Outcome<RunConfig> config_for(const RunFolder& folder, const TrainRequest& request);

}  // namespace toccata::cli
