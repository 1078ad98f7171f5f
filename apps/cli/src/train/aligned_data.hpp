// SPDX-License-Identifier: MIT
// Scores with aligned performances, as models of expression are trained on them.
#pragma once

#include <optional>
#include <string>

#include <toccata/learn/prepared.hpp>

#include "failure.hpp"
#include "progress.hpp"

namespace toccata::cli {

struct AlignedData {
  std::string data;                       ///< a folder or an archive in ASAP's or POP909's layout
  std::optional<std::int64_t> max_files;  ///< scores drawn from it; all without
  std::uint64_t seed = 42;                ///< of that draw
};

/// Reads them with the first tenth of a bar. Errors: another layout.
Outcome<learn::PreparedSet> read_aligned_data(const AlignedData& config, ProgressBar& bar);

}  // namespace toccata::cli
