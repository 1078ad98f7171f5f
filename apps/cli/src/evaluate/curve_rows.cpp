// SPDX-License-Identifier: MIT
#include "curve_rows.hpp"

#include <cmath>
#include <map>
#include <string>

#include <toccata/perform/performer.hpp>

namespace toccata::cli {
namespace {

std::vector<double> velocities_of_curve(const learn::AlignedPiece& piece) {
  constexpr std::uint64_t kPerformances = 8;
  const auto notes = piece.order->notes();
  std::vector<double> velocities(notes.size());
  for (std::uint64_t seed = 0; seed < kPerformances; ++seed) {
    const Performance played = perform(*find_performer("curve"), {*piece.score}, Rng(seed));
    for (std::size_t place = 0; place < notes.size(); ++place)
      if (const PlayedNote* note = find_played(played, notes[place].note->id))
        velocities[place] += note->velocity.number() / static_cast<double>(kPerformances);
  }
  return velocities;
}

}  // namespace

learn::Foretold curve_rows(std::span<const learn::PreparedPiece* const> pieces) {
  learn::Foretold all;
  std::map<std::string, std::uint32_t> compositions;
  std::uint32_t number = 0;
  for (const learn::PreparedPiece* prepared : pieces) {
    const learn::AlignedPiece& piece = prepared->piece;
    const auto velocities = velocities_of_curve(piece);
    const auto composition = static_cast<std::uint32_t>(
        compositions.emplace(piece.composition, compositions.size()).first->second);
    for (const learn::AlignedPerformance& performance : piece.performances) {
      for (std::size_t place = 0; place < velocities.size(); ++place) {
        if (std::isnan(performance.velocities[place])) continue;
        all.rows.targets.push_back(performance.velocities[place]);
        all.rows.performance.push_back(number);
        all.rows.composition.push_back(composition);
        all.predicted.push_back(velocities[place]);
      }
      ++number;
    }
  }
  return all;
}

}  // namespace toccata::cli
