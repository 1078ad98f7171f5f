// SPDX-License-Identifier: MIT
// Pieces of one genre and the real ones that each of their parts is measured against.
#pragma once

#include <array>

#include "excerpt.hpp"

namespace toccata::cli {

/// The parts that are compared, in the order of Sample::real.
inline constexpr std::array kComparedRoles{Role::Melody, Role::Chords, Role::Bass, Role::Drums};

/// Real pieces of one family, or none where it was not found.
struct RealPieces {
  const char* family = nullptr;  ///< null: the genre has no such part
  const std::vector<Excerpt>* excerpts = nullptr;
};

struct Sample {
  std::string genre;
  int bars;  ///< asked for
  std::vector<Excerpt> ours;
  std::array<RealPieces, kComparedRoles.size()> real;
  std::size_t passed_over = 0;  ///< seeds between ours whose melody was too like another's

  const RealPieces& real_melody() const { return real[0]; }
  /// Id of the family, or "-"; with "(not found)" where it is missing.
  std::string name_of_real(std::size_t role) const;
};

}  // namespace toccata::cli
