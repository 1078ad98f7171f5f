// SPDX-License-Identifier: MIT
#include "tune.hpp"

#include <doctest/doctest.h>
#include <toccata/analysis/distinct.hpp>

using namespace toccata;

namespace {

/// A line whose every run of four steps is its own: no two numbers have the same steps.
std::vector<Note> line(int number, int count = 16) {
  std::vector<tune::Eighth> eighths;
  for (int i = 0, pitch = 60; i < count; ++i) {
    eighths.push_back({i, pitch});
    pitch = 40 + (pitch * 7 + i * i * (number + 3) + number * 11) % 43;
  }
  return tune::notes(eighths);
}
StepRuns runs(const std::vector<Note>& notes) { return distinct_runs(notes, kComposedPpq); }

/// `own` notes of one line, then the opening of another.
std::vector<Note> with_opening_of(const std::vector<Note>& other, std::size_t shared,
                                  const std::vector<Note>& own) {
  std::vector<Note> notes(other.begin(), other.begin() + static_cast<std::ptrdiff_t>(shared));
  for (const Note& note : own) {
    notes.push_back(note);
    notes.back().onset += Duration(static_cast<std::int64_t>(shared) * 240);
  }
  return notes;
}

}  // namespace

TEST_CASE("DistinctMelodies: one run in common is too much where none may be") {
  DistinctMelodies melodies(0);
  CHECK(melodies.is_distinct(runs(line(1))));
  melodies.add(runs(line(1)));
  CHECK_FALSE(melodies.is_distinct(runs(line(1))));
  CHECK(melodies.is_distinct(runs(line(2))));
  CHECK_FALSE(melodies.is_distinct(runs(with_opening_of(line(1), 5, line(2)))));
  CHECK(melodies.is_distinct(runs(with_opening_of(line(1), 4, line(2)))));
}

TEST_CASE("DistinctMelodies: a share of the runs of the shorter may be in common") {
  const auto shared = runs(with_opening_of(line(1), 6, line(2)));  // 2 runs of 12
  DistinctMelodies strict(0.16), lenient(0.17);
  strict.add(runs(line(1)));
  lenient.add(runs(line(1)));
  CHECK_FALSE(strict.is_distinct(shared));
  CHECK(lenient.is_distinct(shared));
}

TEST_CASE("DistinctMelodies: transposed is the same, another rhythm is another melody") {
  auto moved = line(1), slower = line(1);
  for (Note& note : moved) note.pitch = *Pitch::from_number(note.pitch.number() + 2);
  for (Note& note : slower) note.onset = Tick(note.onset.ticks() * 2);
  DistinctMelodies melodies(0);
  melodies.add(runs(line(1)));
  CHECK_FALSE(melodies.is_distinct(runs(moved)));
  CHECK(melodies.is_distinct(runs(slower)));
}

TEST_CASE("DistinctMelodies: melodies of under eight runs are anybody's") {
  DistinctMelodies melodies(0);
  melodies.add(runs(line(1, 11)));
  CHECK(melodies.is_distinct(runs(line(1, 11))));
  CHECK(melodies.is_distinct(runs(line(1))));
  melodies.add(runs(line(1)));
  CHECK(melodies.is_distinct(runs(line(1, 11))));
}

TEST_CASE("DistinctMelodies: the oldest of more than a hundred is forgotten") {
  DistinctMelodies melodies(0);
  melodies.add(runs(line(1)));
  for (std::size_t i = 1; i < DistinctMelodies::kRemembered; ++i) melodies.add(runs({}));
  CHECK_FALSE(melodies.is_distinct(runs(line(1))));
  melodies.add(runs(line(2)));
  CHECK(melodies.is_distinct(runs(line(1))));
  CHECK_FALSE(melodies.is_distinct(runs(line(2))));
}
