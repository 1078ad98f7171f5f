// SPDX-License-Identifier: MIT
// The next voicing is the one that moves least.
#include <algorithm>
#include <cstdlib>
#include <limits>

#include <toccata/theory/voicing.hpp>

namespace toccata {
namespace {

constexpr int kParallelPenalty = 12;  // semitones: as if a voice had leapt an octave
constexpr int kUnmatchedCost = 2;     // a voice that begins or ends
constexpr int kRubPenalty = 12;       // neighbours a semitone apart

/// The smallest sum of motions over matchings of voices that do not cross; the larger voicing's
/// spare voices cost a little each.
int motion(std::span<const Pitch> a, std::span<const Pitch> b) {
  if (a.size() > b.size()) std::swap(a, b);
  constexpr int kNever = std::numeric_limits<int>::max() / 2;
  // cost[i] is that of matching the first i voices of a with the voices of b read so far.
  std::vector<int> cost(a.size() + 1, kNever);
  cost[0] = 0;
  for (const Pitch pitch : b) {
    for (std::size_t i = a.size(); i > 0; --i)
      cost[i] = std::min(cost[i] + kUnmatchedCost, cost[i - 1] + std::abs(a[i - 1] - pitch));
    cost[0] += kUnmatchedCost;
  }
  return cost[a.size()];
}

int parallels(std::span<const Pitch> before, const Voicing& after) {
  if (before.size() != after.size()) return 0;
  int count = 0;
  for (std::size_t low = 0; low < after.size(); ++low)
    for (std::size_t high = low + 1; high < after.size(); ++high) {
      const int size = (after[high] - after[low]) % 12;
      const bool perfect = size == 0 || size == 7;
      const bool same = std::abs(before[high] - before[low]) % 12 == size;
      if (perfect && same && before[low] != after[low]) ++count;
    }
  return count;
}

int rubs(const Voicing& voicing) {
  int count = 0;
  for (std::size_t i = 1; i < voicing.size(); ++i) count += voicing[i] - voicing[i - 1] == 1;
  return count;
}

/// Twice the distance of the voicing's middle from the range's, times its tones: a whole number.
int off_centre(const Voicing& voicing, const PitchRange& range) {
  const int middle = range.lowest.number() + range.highest.number();
  int sum = 0;
  for (const Pitch pitch : voicing) sum += 2 * pitch.number() - middle;
  return std::abs(sum);
}

}  // namespace

Voicing lead_voicing(const Chord& chord, const VoicingOptions& options,
                     std::span<const Pitch> before) {
  std::vector<Pitch> sorted(before.begin(), before.end());
  std::sort(sorted.begin(), sorted.end());
  Voicing best;
  int least = std::numeric_limits<int>::max();
  for (auto& voicing : voicings_of(chord, options)) {
    const int moved = sorted.empty()
                          ? off_centre(voicing, options.range)
                          : motion(sorted, voicing) + kParallelPenalty * parallels(sorted, voicing);
    const int cost = moved + kRubPenalty * rubs(voicing);
    if (cost >= least) continue;
    least = cost;
    best = std::move(voicing);
  }
  return best;
}

}  // namespace toccata
