// SPDX-License-Identifier: MIT
// Melodies of a set of pieces, each told from those before it.
#pragma once

#include <deque>
#include <unordered_map>

#include <toccata/analysis/copy_check.hpp>

namespace toccata {

/// Remembers melodies as their runs of four intervals with rhythm, and tells whether another one is
/// too like one of them. Of the last hundred: among many more, real pieces meet again too.
class DistinctMelodies {
 public:
  static constexpr std::size_t kRemembered = 100;
  static constexpr std::size_t kRun = 4;         ///< steps
  static constexpr std::size_t kFewestRuns = 8;  ///< different ones: shorter melodies are distinct

  /// `most_alike`: the likeness_of two melodies that may stand beside each other. Range: [0, 1].
  explicit DistinctMelodies(double most_alike) : most_alike_(most_alike) {}

  /// Cost: O(runs times the melodies that have one of them).
  bool is_distinct(const StepRuns& melody) const;
  /// Remembers it, and forgets the oldest of more than a hundred.
  void add(StepRuns melody);

 private:
  double most_alike_;
  std::deque<StepRuns> melodies_;  ///< the last ones
  std::size_t forgotten_ = 0;      ///< how many there were before them
  /// Numbers of the melodies with a run, in order; from the first ever added on.
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> having_;
};

/// A melody as DistinctMelodies compares it.
StepRuns distinct_runs(std::span<const Note> melody, Ppq ppq);

}  // namespace toccata
