// SPDX-License-Identifier: MIT
// Counts of a draw among a file's metadata and tensors.
#pragma once

#include <toccata/learn/note_sample.hpp>

namespace toccata::learn {

void save_counts(const SampleCounts& counts, ml::Weights& weights);
/// Errors: a count that is missing or no number; a list of broken files that is none.
Result<SampleCounts, DataError> load_counts(const ml::Weights& weights);
/// The fault of a file that should hold rows.
DataError not_rows(const std::string& what);

}  // namespace toccata::learn
