// SPDX-License-Identifier: MIT
// What two melodies have in common, whatever their keys: longest shared runs, n-grams, equal bars.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include <toccata/analysis/bars.hpp>

namespace toccata {

/// What must agree for two steps of a melody to be the same.
enum class MatchBy : std::uint8_t {
  Intervals,           ///< the interval to the next note
  IntervalsAndRhythm,  ///< also the time to it, to the nearest 1/12 quarter
};

/// A step from one note of a line to the next.
struct MelodyStep {
  int semitones;
  int twelfths;  ///< of a quarter; 0 when only intervals matter
  friend constexpr auto operator<=>(const MelodyStep&, const MelodyStep&) = default;
};
/// The steps of a line: one fewer than its notes, none without notes. Two lines have the same steps
/// when one is a transposition of the other.
std::vector<MelodyStep> steps_of(std::span<const Note> line, Ppq ppq, MatchBy match);

/// The longest run of steps that two melodies share.
struct SharedRun {
  std::size_t notes = 0;  ///< steps + 1, or 0 when no step is shared
  std::size_t in_a = 0;   ///< index of the run's first note in each line; the earliest in a
  std::size_t in_b = 0;
  friend bool operator==(const SharedRun&, const SharedRun&) = default;
};
/// The copy check: the longest transposed passage of `a` that also stands in `b`.
/// Cost: O(a * b) time, O(b) memory.
SharedRun longest_shared_run(std::span<const MelodyStep> a, std::span<const MelodyStep> b);

/// Hashes of all runs of n steps in one or many melodies, for looking up.
class StepRuns {
 public:
  /// Range: n in [1, 64].
  explicit StepRuns(std::size_t n) : n_(n) {}

  void add(std::span<const MelodyStep> steps);
  /// Share of the different runs of `steps` that also stand in here; 0 when it has none.
  double share_of(std::span<const MelodyStep> steps) const;
  /// The different runs that both have, over those of the smaller: 1 when one holds all of the
  /// other's, 0 when either is empty. Range: of the same n.
  friend double likeness_of(const StepRuns& a, const StepRuns& b);
  std::size_t n() const { return n_; }
  /// How many different runs there are.
  std::size_t size() const { return hashes_.size(); }
  const std::set<std::uint64_t>& hashes() const { return hashes_; }

 private:
  std::set<std::uint64_t> runs_of(std::span<const MelodyStep> steps) const;
  std::size_t n_;
  std::set<std::uint64_t> hashes_;
};

/// Share of a's different runs of n steps that b has too. With n = 4 and rhythm it is our measure
/// of how much two pieces or sections draw on the same material.
double run_overlap(std::span<const MelodyStep> a, std::span<const MelodyStep> b, std::size_t n = 4);

double likeness_of(const StepRuns& a, const StepRuns& b);

/// Share of a's bars with notes that stand note for note (onset, duration, pitch) in some bar of b.
/// Resolutions may differ, and meters too. 0 when a has none.
double equal_bar_share(std::span<const Note> a, const MeterMap& meters_a, std::span<const Note> b,
                       const MeterMap& meters_b);

}  // namespace toccata
