// SPDX-License-Identifier: MIT
// Pieces written from briefs, not yet played: one, or a set with melodies of their own.
#pragma once

#include <functional>

#include <toccata/compose/verbs.hpp>

#include "failure.hpp"

namespace toccata::cli {

/// A brief with all that it left open. Errors: those of settle, an unknown engine or performer.
Outcome<Settled> settled_of(const Brief& brief);

/// A piece as written.
struct Written {
  Settled settled;
  Plan plan;
  Score score;
};
/// Composes it. Errors: what the engine cannot do.
Outcome<Written> write_piece(Settled settled, Progress* progress = nullptr);

/// So many seeds in a row a set passes over, and takes the next as it is.
inline constexpr std::size_t kMostPassedOver = 16;
/// What became of the seeds of a set.
struct Selection {
  std::size_t passed_over = 0;  ///< seeds whose melody was too like an earlier one
  std::size_t alike = 0;        ///< pieces that are so too, where no seed gave another melody
};
/// Writes `count` pieces of a brief on all cores, under its seed and those after it in turn, and
/// passes over seeds whose melody shares more with one of the hundred before it than real melodies
/// of the genre do (MelodyStyle::alike), at most kMostPassedOver in a row. Each piece
/// goes to take(index, piece), on any thread.
/// Errors: those of writing and of taking the first piece that has any.
Outcome<Selection> write_set(
    const Brief& brief, std::size_t count,
    const std::function<Outcome<void>(std::size_t index, Written piece)>& take);

}  // namespace toccata::cli
