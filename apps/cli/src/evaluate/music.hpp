// SPDX-License-Identifier: MIT
// Composed pieces of each genre, measured beside real pieces of its family.
#pragma once

#include <filesystem>
#include <optional>

#include "failure.hpp"
#include "table.hpp"

namespace toccata::cli {

struct MusicOptions {
  std::vector<std::string> genres;  ///< not empty
  std::vector<int> bars;            ///< not empty; forms are judged at the last of them
  std::size_t seeds = 100;          ///< pieces of each genre and length, [2, 1000]
  std::uint64_t seed = 1;           ///< of the first piece, and of the draw among real ones
  std::optional<std::filesystem::path> data;
};

/// Tables and what they were made from.
struct MusicReport {
  MusicOptions options;
  Table families;  ///< what was found in the data
  Table claims;    ///< how many rows of each table hold
  std::vector<Table> tables;
};
Outcome<MusicReport> evaluate_music(const MusicOptions& options);

std::string to_text(const MusicReport& report);
/// `toccata.music/1` (docs/evaluations.md).
Json to_json(const MusicReport& report);

}  // namespace toccata::cli
