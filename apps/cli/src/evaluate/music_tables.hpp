// SPDX-License-Identifier: MIT
// The four questions that are asked of composed pieces, a table each.
#pragma once

#include <span>

#include "failure.hpp"
#include "samples.hpp"
#include "table.hpp"

namespace toccata::cli {

/// How much the melodies of two pieces have in common, beside the same among real pieces.
Table uniqueness_table(std::span<const Sample> samples);
/// How many bars stand in another piece too, by part, beside the same among real pieces.
Table equal_bars_table(std::span<const Sample> samples);
/// How the melodies differ from real ones in texture.
Table texture_table(std::span<const Sample> samples);

/// A genre and form whose sections return.
struct ReturnsSample {
  std::string genre;
  std::string form;  ///< as asked, or "usual"
  std::vector<Excerpt> ours;
};
/// How much a section's return has in common with its origin, beside contrasting sections.
Table returns_table(std::span<const ReturnsSample> samples);

}  // namespace toccata::cli
