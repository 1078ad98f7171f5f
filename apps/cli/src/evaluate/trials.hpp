// SPDX-License-Identifier: MIT
// One real piece with something hidden, written by the verb and compared with what was hidden.
#pragma once

#include <array>
#include <optional>
#include <string>

#include <toccata/analysis/measures.hpp>

#include "families.hpp"
#include "inputs.hpp"

namespace toccata::cli {

/// What two stretches of music are compared by.
struct Stretch {
  Histogram pitches;                 ///< by pitch class, or by key of the kit
  std::vector<std::int64_t> onsets;  ///< in sixteenths from its begin
  std::size_t notes = 0;
};
/// Both in [0, 1].
double pitch_likeness(const Stretch& a, const Stretch& b);
double rhythm_likeness(const Stretch& a, const Stretch& b);

/// What became of one edit.
struct Trial {
  std::string name;  ///< of the file
  bool is_drums = false;
  Stretch hidden;                      ///< what stood there
  Stretch written;                     ///< what the verb wrote
  Stretch repeated;                    ///< the bar before, again and again
  std::optional<std::string> refusal;  ///< in words; then nothing is written
  bool is_rest_same = false;           ///< every event outside is as it was
};

/// How long a region is: four bars, or as many as last twelve quarters where bars are shorter.
int region_bars(const Score& score, Bar first);

/// Four bars of one part in the middle of the piece, cut out and filled. Nothing where no part has
/// notes in such bars and elsewhere.
std::optional<Trial> try_fill(const Music& music, std::uint64_t seed);
/// The last four bars, or eight of longer pieces with an odd seed, hidden and continued. Nothing
/// where too little stands before or within them.
std::optional<Trial> try_continue(const Music& music, std::uint64_t seed);

}  // namespace toccata::cli
