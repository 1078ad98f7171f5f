// SPDX-License-Identifier: MIT
// The pieces of a run: packed once, and divided into sides.
#pragma once

#include <toccata/learn/piece_pack.hpp>

#include "network_options.hpp"
#include "progress.hpp"

namespace toccata::cli {

/// The pieces of a run's pack, which is made of the data where there is none yet. Errors: data in
/// another layout; a pack that is damaged.
Outcome<learn::PiecePack> packed_pieces(RunFolder& folder, const NetworkRun& run, ProgressBar& bar);

/// Who is learned from, validated on and tried on.
struct Sides {
  std::vector<const learn::PreparedPiece*> training, validation, test;
};
/// Those of one form by the split that the program knows. Where it knows none of the titles, as in
/// a folder of one's own, every fifth composition is validated on and none is tried on.
/// Errors: nothing to learn from or to validate on.
Outcome<Sides> sides_of(const learn::PreparedSet& set, learn::Form form);

}  // namespace toccata::cli
