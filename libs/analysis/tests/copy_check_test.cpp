// SPDX-License-Identifier: MIT
#include "tune.hpp"

#include <doctest/doctest.h>
#include <toccata/analysis/copy_check.hpp>

using namespace toccata;

namespace {
const auto kTune = tune::notes({{0, 60}, {1, 62}, {2, 64}, {4, 65}, {5, 67}, {6, 60}, {8, 71}});

std::vector<MelodyStep> steps(std::span<const Note> line, MatchBy match) {
  return steps_of(line, kComposedPpq, match);
}
}  // namespace

TEST_CASE("longest_shared_run: a transposition shares every note") {
  auto moved = kTune;
  for (Note& note : moved) note.pitch = *Pitch::from_number(note.pitch.number() + 5);
  const auto run = longest_shared_run(steps(kTune, MatchBy::IntervalsAndRhythm),
                                      steps(moved, MatchBy::IntervalsAndRhythm));
  CHECK(run == SharedRun{7, 0, 0});
}

TEST_CASE("longest_shared_run: a passage is found where it stands in either") {
  const auto other = tune::notes({{0, 50}, {1, 49}, {2, 51}, {3, 53}, {5, 54}, {6, 40}});
  const auto run = longest_shared_run(steps(kTune, MatchBy::IntervalsAndRhythm),
                                      steps(other, MatchBy::IntervalsAndRhythm));
  CHECK(run == SharedRun{4, 0, 1});
}

TEST_CASE("longest_shared_run: with rhythm another rhythm shares less") {
  const auto slow = tune::notes({{0, 60}, {2, 62}, {4, 64}, {8, 65}, {10, 67}, {12, 60}, {16, 71}});
  CHECK(
      longest_shared_run(steps(kTune, MatchBy::Intervals), steps(slow, MatchBy::Intervals)).notes ==
      7);
  CHECK(longest_shared_run(steps(kTune, MatchBy::IntervalsAndRhythm),
                           steps(slow, MatchBy::IntervalsAndRhythm))
            .notes < 7);
  CHECK(longest_shared_run({}, steps(slow, MatchBy::Intervals)) == SharedRun{});
}

TEST_CASE("steps_of: the resolution of the score does not matter") {
  const std::vector coarse{
      Note{NoteId(1), Tick(0), Duration(1), Pitch::literal(60), {}, {}, {}, {}},
      Note{NoteId(2), Tick(1), Duration(1), Pitch::literal(62), {}, {}, {}, {}}};
  const auto fine = tune::notes({{0, 60, 2}, {2, 62, 2}});
  CHECK(steps_of(coarse, Ppq::literal(1), MatchBy::IntervalsAndRhythm) ==
        steps(fine, MatchBy::IntervalsAndRhythm));
}

TEST_CASE("run_overlap: a line with itself is 1, with a stranger 0") {
  const auto own = steps(kTune, MatchBy::IntervalsAndRhythm);
  CHECK(run_overlap(own, own) == 1);
  CHECK(run_overlap(own, steps(tune::notes({{0, 60}, {1, 60}, {2, 60}, {3, 60}, {4, 60}}),
                               MatchBy::IntervalsAndRhythm)) == 0);
  CHECK(run_overlap({}, own) == 0);
  StepRuns corpus(4);
  corpus.add(own);
  corpus.add(own);
  CHECK(corpus.size() == own.size() - 3);
}

TEST_CASE("equal_bar_share: bars with notes that stand in the other piece") {
  const MeterMap meters(kComposedPpq);
  const auto a = tune::notes({{0, 60}, {1, 62}, {8, 64}, {24, 65}});
  const auto b = tune::notes({{0, 64}, {8, 60}, {9, 62}});
  CHECK(equal_bar_share(a, meters, b, meters) == doctest::Approx(2.0 / 3));
  CHECK(equal_bar_share(a, meters, a, meters) == 1);
  CHECK(equal_bar_share({}, meters, a, meters) == 0);
}

TEST_CASE("likeness_of: shared runs over those of the smaller, the same both ways") {
  const auto runs = [](const std::vector<Note>& line) {
    StepRuns made(4);
    made.add(steps(line, MatchBy::IntervalsAndRhythm));
    return made;
  };
  const auto whole = runs(kTune);
  const auto half = runs({kTune.begin(), kTune.begin() + 5});
  CHECK(whole.size() == 3);
  CHECK(likeness_of(whole, whole) == 1);
  CHECK(likeness_of(whole, half) == 1);
  CHECK(likeness_of(half, whole) == 1);
  auto changed = kTune;
  changed.back().pitch = Pitch::literal(70);
  CHECK(likeness_of(whole, runs(changed)) == doctest::Approx(2.0 / 3));
  CHECK(likeness_of(whole, StepRuns(4)) == 0);
}
