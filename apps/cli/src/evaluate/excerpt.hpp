// SPDX-License-Identifier: MIT
// Composed and real pieces brought to one shape, so that they are measured the same way.
#pragma once

#include <optional>
#include <string>

#include <toccata/score/score.hpp>

#include "families.hpp"

namespace toccata::cli {

/// Some bars of a piece from the first one in which its melody (else its drums) sounds. At most one
/// part has each of the roles melody, chords, bass and drums; other parts stay as they are.
struct Excerpt {
  std::string name;  ///< of the file, or of genre and seed
  Score score;
};

/// The notes of that role; none where there is no such part. A view.
std::span<const Note> notes_of(const Excerpt& excerpt, Role role);
/// The highest note of each onset.
std::vector<Note> melody_of(const Excerpt& excerpt);

/// As many whole bars of a real piece as last `quarters`. Nothing where the file can't be read, has
/// no part that is wanted, or not half as many bars.
std::optional<Excerpt> read_excerpt(const Family& family, const FamilyFile& file,
                                    Rational quarters);
/// Excerpts of at most `count` different works of a family, drawn by the seed; in order of their
/// paths. Cost: reads little more files than that, on all cores.
std::vector<Excerpt> draw_excerpts(const Family& family, const std::filesystem::path& data,
                                   Rational quarters, std::size_t count, std::uint64_t seed);

}  // namespace toccata::cli
