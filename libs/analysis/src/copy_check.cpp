// SPDX-License-Identifier: MIT
#include <algorithm>
#include <tuple>

#include <toccata/analysis/copy_check.hpp>
#include <toccata/base/assert.hpp>

namespace toccata {
namespace {

/// SplitMix64's finaliser (Steele, Lea and Flood 2014).
std::uint64_t mixed(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return x ^ (x >> 31);
}

std::uint64_t hash_of(std::span<const MelodyStep> run) {
  std::uint64_t hash = run.size();
  for (const MelodyStep& step : run) {
    const auto packed = static_cast<std::uint64_t>(static_cast<std::uint32_t>(step.semitones))
                            << 32 |
                        static_cast<std::uint32_t>(step.twelfths);
    hash = mixed(hash + 0x9E3779B97F4A7C15u + packed);
  }
  return hash;
}

/// Onset in the bar, duration and pitch, in fractions of a quarter.
using BarNotes = std::vector<std::tuple<Rational, Rational, int>>;

std::vector<BarNotes> bars_with_notes(std::span<const Note> notes, const MeterMap& meters) {
  const auto quarters = [&](Duration d) { return Rational(d.ticks(), meters.ppq().ticks()); };
  std::vector<BarNotes> bars;
  for (std::size_t i = 0; i < notes.size();) {
    const Bar bar = meters.bar_at(notes[i].onset);
    const Tick onset = meters.onset_of(bar), end = meters.end_of(bar);
    BarNotes found;
    for (; i < notes.size() && notes[i].onset < end; ++i)
      found.emplace_back(quarters(notes[i].onset - onset), quarters(notes[i].duration),
                         notes[i].pitch.number());
    std::ranges::sort(found);
    bars.push_back(std::move(found));
  }
  return bars;
}

}  // namespace

std::vector<MelodyStep> steps_of(std::span<const Note> line, Ppq ppq, MatchBy match) {
  std::vector<MelodyStep> steps;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const Rational twelfths((line[i].onset - line[i - 1].onset).ticks() * 12, ppq.ticks());
    const auto rounded = std::clamp<std::int64_t>(twelfths.nearest(), 0, 1'000'000);
    steps.push_back({line[i].pitch - line[i - 1].pitch,
                     match == MatchBy::Intervals ? 0 : static_cast<int>(rounded)});
  }
  return steps;
}

SharedRun longest_shared_run(std::span<const MelodyStep> a, std::span<const MelodyStep> b) {
  SharedRun best;
  std::vector<std::size_t> length(b.size() + 1);  // of the shared run that ends before b[j]
  for (std::size_t i = 0; i < a.size(); ++i) {
    for (std::size_t j = b.size(); j-- > 0;) {
      length[j + 1] = a[i] == b[j] ? length[j] + 1 : 0;
      if (length[j + 1] > 0 && length[j + 1] + 1 > best.notes)
        best = {length[j + 1] + 1, i + 1 - length[j + 1], j + 1 - length[j + 1]};
    }
  }
  return best;
}

std::set<std::uint64_t> StepRuns::runs_of(std::span<const MelodyStep> steps) const {
  std::set<std::uint64_t> runs;
  for (std::size_t i = 0; i + n_ <= steps.size(); ++i) runs.insert(hash_of(steps.subspan(i, n_)));
  return runs;
}

void StepRuns::add(std::span<const MelodyStep> steps) { hashes_.merge(runs_of(steps)); }

double StepRuns::share_of(std::span<const MelodyStep> steps) const {
  const auto runs = runs_of(steps);
  const auto known =
      std::ranges::count_if(runs, [&](std::uint64_t hash) { return hashes_.contains(hash); });
  return runs.empty() ? 0 : static_cast<double>(known) / static_cast<double>(runs.size());
}

double likeness_of(const StepRuns& a, const StepRuns& b) {
  TOCCATA_ASSERT(a.n_ == b.n_);
  const std::size_t fewer = std::min(a.size(), b.size());
  if (fewer == 0) return 0;
  std::size_t shared = 0;
  for (auto i = a.hashes_.begin(), j = b.hashes_.begin();
       i != a.hashes_.end() && j != b.hashes_.end();) {
    if (*i == *j) {
      ++shared, ++i, ++j;
    } else if (*i < *j) {
      ++i;
    } else {
      ++j;
    }
  }
  return static_cast<double>(shared) / static_cast<double>(fewer);
}

double run_overlap(std::span<const MelodyStep> a, std::span<const MelodyStep> b, std::size_t n) {
  StepRuns runs(n);
  runs.add(b);
  return runs.share_of(a);
}

double equal_bar_share(std::span<const Note> a, const MeterMap& meters_a, std::span<const Note> b,
                       const MeterMap& meters_b) {
  const auto wanted = bars_with_notes(a, meters_a);
  auto known = bars_with_notes(b, meters_b);
  std::ranges::sort(known);
  const auto equal = std::ranges::count_if(
      wanted, [&](const BarNotes& bar) { return std::ranges::binary_search(known, bar); });
  return wanted.empty() ? 0 : static_cast<double>(equal) / static_cast<double>(wanted.size());
}

}  // namespace toccata
