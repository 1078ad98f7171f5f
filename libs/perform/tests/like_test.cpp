// SPDX-License-Identifier: MIT
#include "samples.hpp"

#include <algorithm>

#include <doctest/doctest.h>

using namespace toccata;
using namespace toccata::samples;

namespace {

/// A band whose notes of bars 4 and 5 are new; the others are played at `low` or `high` in turn.
struct Filled {
  Score score = band(10, 3, true);
  Performance performance{{}, {}, score.tempo};
  std::vector<NoteId> added;

  Filled(int low, int high) {
    for (const Part& part : score.parts)
      for (const Note& note : part.notes) {
        const bool is_new = note.onset >= Tick(4 * 1920) && note.onset < Tick(6 * 1920);
        if (is_new) added.push_back(note.id);
        const auto velocity = Velocity::clamped(note.id.number() % 2 == 0 ? low : high);
        if (!is_new)
          performance.notes.push_back({note.id, Duration(0), note.duration, velocity, {}});
      }
    std::ranges::sort(performance.notes, {}, &PlayedNote::note);
    std::ranges::sort(added);
  }
};

}  // namespace

TEST_CASE("perform_like: entries for the added notes alone, on the grid") {
  const Filled filled(60, 70);
  const Performance added = perform_like(filled.score, filled.performance, filled.added, Rng(1));
  REQUIRE(added.notes.size() == filled.added.size());
  for (std::size_t i = 0; i < added.notes.size(); ++i) {
    CHECK(added.notes[i].note == filled.added[i]);
    CHECK(added.notes[i].shift == Duration(0));
  }
  CHECK(added.controls.empty());
}

TEST_CASE("perform_like: as loud as the music around, soft or loud") {
  for (const auto& [low, high] : {std::pair{25, 35}, std::pair{100, 110}}) {
    const Filled filled(low, high);
    const Performance added = perform_like(filled.score, filled.performance, filled.added, Rng(1));
    CHECK(mean_velocity(added) > low - 2);
    CHECK(mean_velocity(added) < high + 2);
  }
}

TEST_CASE("perform_like: one velocity throughout stays one velocity") {
  const Filled filled(64, 64);
  for (const PlayedNote& played :
       perform_like(filled.score, filled.performance, filled.added, Rng(1)).notes)
    CHECK(played.velocity.number() == 64);
}
