// SPDX-License-Identifier: MIT
// What an evaluation of pieces found, as a table and as JSON.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <toccata/base/json.hpp>

#include "failure.hpp"

namespace toccata::cli {

/// One row of the table.
struct Tally {
  std::string name;
  std::string about;
  std::size_t asked = 0;
  std::size_t obtained = 0;
  std::size_t refused = 0;  ///< asked for and refused: no obedience, and no fault of the music
  /// Share that would have passed without being asked; nothing where that has no meaning.
  std::optional<double> by_chance = std::nullopt;
};

/// Something asked for and not obtained, so that it can be made again.
struct Miss {
  std::string name;
  std::string found;
  Json ask;
};

struct Report {
  std::string title;
  std::size_t pieces = 0;
  std::uint64_t seed = 0;
  std::vector<Tally> rows;
  std::vector<Miss> misses;
  std::vector<Miss> refusals;
};

/// A table with a line a row, and a line for each miss and refusal.
std::string to_text(const Report& report);
/// `toccata.obedience/1` (docs/cli.md).
Json to_json(const Report& report);

}  // namespace toccata::cli
