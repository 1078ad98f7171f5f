// SPDX-License-Identifier: MIT
// What a run of networks is asked for, kept in its folder so that going on means the same.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include <toccata/train_torch/training.hpp>

#include "arguments.hpp"
#include "train/run_folder.hpp"

namespace toccata::cli {

struct NetworkRun {
  std::string data;                       ///< a folder, an archive, or another run's pack
  std::optional<std::int64_t> max_files;  ///< scores drawn from it
  std::optional<std::string> from;        ///< a model to go on from
  std::vector<learn::NetworkTask> networks;
  std::set<std::string, std::less<>> given;  ///< options that are numbers and were asked for
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

/// The options of one network. Where it goes on from a model, it has that model's shape, but for
/// what was asked for, which the trainer holds against the model's tensors. Errors: a network that
/// the model does not hold; a shape out of the options' ranges.
Outcome<train_torch::TrainingOptions> options_of(const NetworkRun& run,
                                                 const learn::NetworkTask& task,
                                                 const ml::Weights* from);

}  // namespace toccata::cli
