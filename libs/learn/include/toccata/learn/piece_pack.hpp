// SPDX-License-Identifier: MIT
// Aligned pieces in one compact file, so that a data set is read once.
#pragma once

#include <toccata/learn/prepared.hpp>

namespace toccata::learn {

/// The file's first bytes; docs/formats/pieces.md describes the rest.
inline constexpr std::string_view kPiecePackFormat = "toccata.pieces/1\n";

/// Where packed pieces come from: for reports and cards.
struct PackedFrom {
  std::string data;     ///< the name of the folder or archive
  std::string licence;  ///< as it says itself
  friend bool operator==(const PackedFrom&, const PackedFrom&) = default;
};

/// Scores and performances of a set in the order they have there, without their columns: these are
/// computed anew, so that a pack outlives a change of columns. Times are kept to the microsecond.
/// The same set gives the same bytes, on any number of threads.
/// Range: a score's times as in score_json.hpp; durations of at most 2^40 microseconds.
/// Cost: a few megabytes a second and core.
Bytes pack_pieces(const PreparedSet& set, const PackedFrom& from, const Running& running = {});

struct PiecePack {
  PackedFrom from;
  PreparedSet set;
};
/// Reads a pack and computes the columns. Faults are not kept in it.
/// Errors: another format; a file that was cut, lengthened or changed; contents that do not fit
/// together. Each names the piece. Nothing is allocated from a number of the file before that
/// number has been held against the bytes at hand.
/// Cost: as prepare(), less the reading of the data set's files.
Result<PiecePack, DataError> unpack_pieces(ByteView bytes, const std::string& name,
                                           const Running& running = {});

}  // namespace toccata::learn
