// SPDX-License-Identifier: MIT
// What a piece calls its own, and what it leaves to others.
#include <algorithm>
#include <set>

#include <toccata/analysis/copy_check.hpp>

#include "../src/lattice.hpp"
#include "../src/vocabulary.hpp"
#include "pieces.hpp"

using namespace toccata;
using namespace toccata::test;

namespace {

/// Of so many pieces those that keep a run of even eighths by these intervals.
int keepers(double bits, const std::array<int, 4>& intervals) {
  int kept = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Vocabulary vocabulary(bits, 0, Rng(seed));
    std::array<Tick, 5> onsets;
    std::array<int, 4> numbers{60};
    for (int i = 0; i < 5; ++i) onsets[static_cast<std::size_t>(i)] = Tick(240 * i);
    for (std::size_t i = 0; i < 3; ++i) numbers[i + 1] = numbers[i] + intervals[i];
    const auto beginning = vocabulary.begin_run(onsets, numbers);
    kept += !beginning || vocabulary.keeps(*beginning, intervals[3]);
  }
  return kept;
}

/// Runs of a line of even eighths that the vocabulary does not keep.
int foreign_runs(const Lattice& lattice, std::span<const LineNote> line,
                 std::span<const std::size_t> drawn, const Vocabulary& vocabulary) {
  int foreign = 0;
  for (std::size_t last = Vocabulary::kRun; last < line.size(); ++last) {
    std::array<Tick, Vocabulary::kRun + 1> onsets;
    std::array<int, Vocabulary::kRun> numbers{};
    const std::size_t first = last - Vocabulary::kRun;
    for (std::size_t i = 0; i <= Vocabulary::kRun; ++i) onsets[i] = line[first + i].onset;
    for (std::size_t i = 0; i < Vocabulary::kRun; ++i)
      numbers[i] = lattice.pitches()[drawn[first + i]].number;
    const auto beginning = vocabulary.begin_run(onsets, numbers);
    const int interval = lattice.pitches()[drawn[last]].number - numbers.back();
    foreign += beginning && !vocabulary.keeps(*beginning, interval) ? 1 : 0;
  }
  return foreign;
}

}  // namespace

TEST_CASE("Lattice: lines keep to the vocabulary also where one drawn at once would not") {
  const Settings settings = settled(brief_of("rock"), 1);
  const Plan plan = *make_plan(settings);
  const Lattice lattice(settings, settings.key, {Pitch::literal(60), Pitch::literal(80)}, {});
  std::vector<LineNote> line;
  for (int i = 0; i < 10; ++i)
    line.push_back({Tick(240 * i), Duration(240), i % 2 == 0, 70, {}, false, LineNote::End::None});
  line.back().end = LineNote::End::Tonic;
  int foreign = 0, strange = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const Vocabulary own(19, 0, Rng(seed)), others(19, 0, Rng(seed + 1000));
    Rng rng(seed);
    const auto drawn = lattice.draw(line, plan, {}, own, rng);
    foreign += foreign_runs(lattice, line, drawn, own);
    strange += foreign_runs(lattice, line, drawn, others);
  }
  MESSAGE("foreign runs: ", foreign, " of its own vocabulary, ", strange, " of another's");
  CHECK(foreign < 60);
  CHECK(strange > 200);
}

TEST_CASE("vocabulary: the commoner a run the fewer pieces keep it; rare ones all do") {
  // 13.6 bits: steps in even eighths. Of 2^-2.4 of the pieces at 16 bits, 2^-6.4 at 20.
  const std::array<int, 4> scale{2, 2, -2, 2};
  CHECK(keepers(0, scale) == 1000);
  CHECK(keepers(13, scale) == 1000);
  CHECK(keepers(16, scale) > 130);
  CHECK(keepers(16, scale) < 250);
  CHECK(keepers(20, scale) > 2);
  CHECK(keepers(20, scale) < 30);
  CHECK(keepers(20, {7, -9, 4, -7}) == 1000);
}

TEST_CASE("vocabulary: even rhythms are few pieces' own, odd ones anybody's") {
  int even = 0;
  for (std::uint64_t seed = 1; seed <= 1000; ++seed) {
    const Vocabulary vocabulary(0, 8, Rng(seed));
    std::array<Duration, 5> eighths, odd;
    for (int i = 0; i < 5; ++i) {
      eighths[static_cast<std::size_t>(i)] = Duration(240 * i);
      odd[static_cast<std::size_t>(i)] = Duration(300 * i * i);
    }
    even += vocabulary.keeps_rhythm(eighths);
    CHECK(vocabulary.keeps_rhythm(odd));
  }
  CHECK(even > 30);
  CHECK(even < 110);
}

TEST_CASE(
    "uniqueness: hardly any two of forty melodies share a run of four intervals with rhythm") {
  for (const char* genre : {"jazz", "rock", "electronic", "bossa", "classical"}) {
    CAPTURE(genre);
    std::vector<StepRuns> runs;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      Brief brief = brief_of(genre);
      brief.bars = 16;
      const Score score = composed(brief, seed);
      runs.emplace_back(4).add(
          steps_of(part_of(score, Role::Melody).notes, score.ppq(), MatchBy::IntervalsAndRhythm));
    }
    int sharing = 0;
    for (std::size_t i = 0; i < runs.size(); ++i)
      for (std::size_t j = i + 1; j < runs.size(); ++j)
        sharing += likeness_of(runs[i], runs[j]) > 0;
    CHECK(sharing <= 8);  // of 780 pairs
  }
}
