// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>

#include <toccata/analysis/distinct.hpp>
#include <toccata/analysis/phrases.hpp>

namespace toccata {

bool DistinctMelodies::is_distinct(const StepRuns& melody) const {
  if (melody.size() < kFewestRuns) return true;
  std::map<std::size_t, std::size_t> shared;  // runs, by melody
  for (const std::uint64_t run : melody.hashes())
    if (const auto found = having_.find(run); found != having_.end())
      for (const std::size_t other : found->second) ++shared[other];
  return std::ranges::all_of(shared, [&](const auto& entry) {
    const auto& [other, runs] = entry;
    const std::size_t fewer = std::min(melody.size(), melodies_[other - forgotten_].size());
    return fewer < kFewestRuns ||
           static_cast<double>(runs) <= most_alike_ * static_cast<double>(fewer);
  });
}

void DistinctMelodies::add(StepRuns melody) {
  const std::size_t number = forgotten_ + melodies_.size();
  for (const std::uint64_t run : melody.hashes()) having_[run].push_back(number);
  melodies_.push_back(std::move(melody));
  if (melodies_.size() <= kRemembered) return;
  for (const std::uint64_t run : melodies_.front().hashes()) {
    const auto found = having_.find(run);
    found->second.erase(found->second.begin());  // of those that have it the oldest
    if (found->second.empty()) having_.erase(found);
  }
  melodies_.pop_front();
  ++forgotten_;
}

StepRuns distinct_runs(std::span<const Note> melody, Ppq ppq) {
  StepRuns runs(DistinctMelodies::kRun);
  runs.add(steps_of(melody_line(melody), ppq, MatchBy::IntervalsAndRhythm));
  return runs;
}

}  // namespace toccata
