// SPDX-License-Identifier: MIT
// The rows of a note-wise run: packed once, from then on read from the run's folder.
#pragma once

#include "run_config.hpp"

#include <toccata/learn/note_sample.hpp>

namespace toccata::cli {

/// Errors: data or a table that cannot be read, or gives too few notes. A new run that fails here
/// leaves nothing behind.
Outcome<learn::NoteSample> rows_for(RunFolder& folder, const RunConfig& config);

}  // namespace toccata::cli
