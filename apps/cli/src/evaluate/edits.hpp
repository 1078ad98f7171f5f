// SPDX-License-Identifier: MIT
// fill and continue on real pieces: what they write beside what stood there.
#pragma once

#include <filesystem>

#include "failure.hpp"
#include "table.hpp"

namespace toccata::cli {

struct EditsOptions {
  std::size_t count = 200;  ///< pieces, shared out over the families
  std::uint64_t seed = 1;   ///< of the draw, and of the first edit
  std::filesystem::path data;
};

struct EditsReport {
  EditsOptions options;
  Table edits;                      ///< made, refused, everything else unchanged
  Table likeness;                   ///< to what stood there
  std::vector<std::string> faults;  ///< refusals and edits that changed something else, by file
};
/// Errors: no piece that can be used in the folder of data.
Outcome<EditsReport> evaluate_edits(const EditsOptions& options);

std::string to_text(const EditsReport& report);
/// `toccata.edits/1` (docs/evaluations.md).
Json to_json(const EditsReport& report);

}  // namespace toccata::cli
