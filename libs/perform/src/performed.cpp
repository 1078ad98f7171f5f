// SPDX-License-Identifier: MIT
#include <toccata/perform/performed.hpp>

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace toccata {
namespace {

/// From here on onsets are on the grid of written notes, whatever the few others are.
constexpr double kOnGrid = 0.9;
/// Notes off that grid (septuplets, ornaments) still fall on few places of the quarter where they
/// are written: of ASAP's 219 scores 0.85 and more of them lie on the commonest, of its
/// performances 0.33 and less.
constexpr double kConcentrated = 0.6;
constexpr std::size_t kFewestPlaces = 4, kMostPlaces = 32, kNotesAPlace = 8;
/// A loudness for each note, even of those that begin together: a sequencer's recording, put on a
/// beat but not on a grid. Of the scores 0.3 and less of such notes differ, of recordings over 0.5.
constexpr std::size_t kManyVelocities = 24;
constexpr double kOwnLoudness = 0.5;
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

/// A note as it came.
struct Heard {
  Tick onset;
  int velocity;
};

std::vector<Heard> heard_notes(const Score& score, const Performance& performance) {
  std::vector<Heard> notes;
  for (const Part& part : score.parts)
    for (const Note& note : part.notes) {
      const PlayedNote* played = find_played(performance, note.id);
      if (played == nullptr) notes.push_back({note.onset, kPlainVelocity.number()});
      else notes.push_back({note.onset + played->shift, played->velocity.number()});
    }
  std::ranges::sort(notes, {},
                    [](const Heard& note) { return std::pair(note.onset, note.velocity); });
  return notes;
}

/// Share of the notes that lie on the commonest places of the quarter.
double concentration(const std::vector<Heard>& notes, std::int64_t ppq) {
  std::map<std::int64_t, std::size_t> places;
  for (const Heard& note : notes) ++places[(note.onset.ticks() % ppq + ppq) % ppq];
  std::vector<std::size_t> counts;
  for (const auto& [place, count] : places) counts.push_back(count);
  std::ranges::sort(counts, std::greater());
  const std::size_t kept = std::clamp(notes.size() / kNotesAPlace, kFewestPlaces, kMostPlaces);
  counts.resize(std::min(counts.size(), kept));
  const std::size_t held = std::accumulate(counts.begin(), counts.end(), std::size_t{0});
  return static_cast<double>(held) / static_cast<double>(notes.size());
}

/// Of notes that begin with another, the share that is not as loud as the next softer one.
double own_loudness(const std::vector<Heard>& notes) {
  std::size_t pairs = 0, differ = 0;
  for (std::size_t i = 1; i < notes.size(); ++i) {
    if (notes[i].onset != notes[i - 1].onset) continue;
    ++pairs;
    differ += notes[i].velocity != notes[i - 1].velocity ? 1 : 0;
  }
  return pairs > 0 ? static_cast<double>(differ) / static_cast<double>(pairs) : 0;
}

}  // namespace

std::optional<std::string> find_performed(const Score& score, const Performance& performance) {
  const auto notes = heard_notes(score, performance);
  if (notes.size() < kFewestNotes) return std::nullopt;
  const std::int64_t ppq = score.ppq().ticks();
  std::size_t on_grid = 0;
  std::set<int> velocities;
  for (const Heard& note : notes) {
    on_grid += is_on_grid(note.onset, ppq) ? 1 : 0;
    velocities.insert(note.velocity);
  }
  const double share = static_cast<double>(on_grid) / static_cast<double>(notes.size());
  if (share >= kOnGrid) return std::nullopt;
  const bool is_recorded =
      velocities.size() >= kManyVelocities && own_loudness(notes) > kOwnLoudness;
  if (!is_recorded && concentration(notes, ppq) >= kConcentrated) return std::nullopt;
  return fmt::format(
      "{:.0f} % of its {} onsets lie off the grid of written notes, in {} velocities",
      100 * (1 - share), notes.size(), velocities.size());
}

}  // namespace toccata
