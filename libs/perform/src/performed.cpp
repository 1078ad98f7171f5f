// SPDX-License-Identifier: MIT
#include <toccata/perform/performed.hpp>

#include <algorithm>
#include <cstdlib>
#include <set>

#include <fmt/format.h>

namespace toccata {
namespace {

/// Played onsets meet a grid by chance only: with a tick of tolerance about a tenth of them do.
constexpr double kWrittenShare = 0.6;
/// Loose timing and a loudness for each note: a sequencer's recording, corrected by half.
constexpr double kLooseShare = 0.9;
constexpr std::size_t kManyVelocities = 24;
constexpr std::size_t kFewestNotes = 12;

bool is_on_grid(Tick at, std::int64_t ppq) {
  for (const std::int64_t parts : {8, 12}) {
    const std::int64_t tolerance = ppq / parts >= 12 ? 1 : 0;
    // The nearest point of a grid that may not divide the quarter evenly.
    const std::int64_t index = (at.ticks() * parts + ppq / 2) / ppq;
    const std::int64_t point = (index * ppq + parts / 2) / parts;
    if (std::abs(at.ticks() - point) <= tolerance) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> find_performed(const Score& score, const Performance& performance) {
  std::size_t notes = 0, on_grid = 0;
  std::set<int> velocities;
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) {
      const PlayedNote* played = find_played(performance, note.id);
      const Tick at = played == nullptr ? note.onset : note.onset + played->shift;
      ++notes;
      on_grid += is_on_grid(at, score.ppq().ticks()) ? 1 : 0;
      if (played != nullptr) velocities.insert(played->velocity.number());
    }
  if (notes < kFewestNotes) return std::nullopt;
  const double share = static_cast<double>(on_grid) / static_cast<double>(notes);
  if (share >= kLooseShare) return std::nullopt;
  if (share >= kWrittenShare && velocities.size() < kManyVelocities) return std::nullopt;
  return fmt::format(
      "{:.0f} % of its {} onsets lie off the grid of written notes, in {} velocities",
      100 * (1 - share), notes, velocities.size());
}

}  // namespace toccata
