// SPDX-License-Identifier: MIT
// What fill and continue share: a user's music in, the same music with new notes out.
#pragma once

#include "inputs.hpp"
#include "outputs.hpp"
#include "progress.hpp"

namespace toccata::cli {

/// What `edit` makes of a score, told on the terminal where it takes long.
/// Errors: the engine's, with the input's name.
template <class Edit>
Outcome<Score> edit_with_progress(const std::string& input, Edit edit) {
  ProgressBar bar;
  auto score = edit(&bar);
  if (!score) return cannot(input + ": " + describe(score.error()));
  return *std::move(score);
}

/// The edited music, ready to be written: new notes are played like those around them, everything
/// else stays event by event. `until`: where the edited region ends.
Outcome<Piece> edited(const Music& music, Score score, Tick until, std::uint64_t seed);

/// The seed asked for, or one drawn anew.
Outcome<std::uint64_t> seed_of(const Arguments& arguments);

/// A new one, short enough to be typed again.
std::uint64_t drawn_seed();

}  // namespace toccata::cli
