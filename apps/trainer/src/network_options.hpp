// SPDX-License-Identifier: MIT
// What a run of networks is asked for, kept in its folder so that going on means the same.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <toccata/train_torch/training.hpp>

#include "arguments.hpp"
#include "train/run_folder.hpp"

namespace toccata::cli {

struct NetworkRun {
  std::string data;                       ///< a folder, an archive, or another run's pack
  std::optional<std::int64_t> max_files;  ///< scores drawn from it
  std::optional<std::string> from;        ///< weights to go on from
  std::vector<learn::NetworkTask> networks;
  train_torch::TrainingOptions training;
  // What may differ from one part of a run to the next.
  train_torch::Device device = train_torch::Device::Cpu;
  unsigned threads = 0;  ///< 0: one for each core
};

/// The rows of the verb's table.
std::span<const OptionSpec> network_options();

/// The options of a run that is gone on with, else those asked for. Errors: an option out of range,
/// or one that is not the run's.
Outcome<NetworkRun> network_run_of(const RunFolder& folder, const Arguments& arguments);

Json to_json(const NetworkRun& run);

}  // namespace toccata::cli
