// SPDX-License-Identifier: MIT
#include "samples.hpp"

#include <doctest/doctest.h>

using namespace toccata;
using namespace toccata::samples;

TEST_CASE("performers: each is found by its name, others are not") {
  for (const auto name : performer_names()) CHECK(find_performer(name)->name() == name);
  CHECK(find_performer(kDefaultPerformer) != nullptr);
  CHECK(find_performer("nobody") == nullptr);
}

TEST_CASE("none: the written music at velocity 80") {
  const Score score = band(8, 1, true);
  CHECK(perform(*find_performer("none"), {score}, Rng(1)) == make_plain_performance(score));
}

TEST_CASE("sine: velocities of one wave over each part, accents on whole and half quarters") {
  Score score = band(1, 1, false);
  score.parts.resize(1);
  auto& notes = score.parts[0].notes;
  notes.clear();
  for (std::uint32_t i = 0; i < 8; ++i) notes.push_back(note(i + 1, 120 * i, 120, 60));
  const auto played = perform(*find_performer("sine"), {score}, Rng(1)).notes;
  const int expected[] = {90, 98, 127, 98, 90, 41, 50, 41};  // 70 + 40 sin(pi i / 4), even i + 20
  for (std::size_t i = 0; i < 8; ++i) {
    CHECK(played[i].velocity.number() == expected[i]);
    CHECK(played[i].shift == Duration(0));
    CHECK(played[i].sounding == Duration(120));
  }
}

TEST_CASE("performers: stretches of any length add up to the same performance") {
  const Score score = band(9, 3, true);
  const Settings settings = settings_of("jazz");
  for (const auto name : performer_names()) {
    const Performer& performer = *find_performer(name);
    const PerformTask task{score, &settings};
    const Performance whole = perform(performer, task, Rng(7));
    for (const int bars : {1, 2, 5, 1000}) {
      Performance sum{{}, {}, TempoMap(score.ppq())};
      std::size_t changes = 0;
      const auto take = performer.begin(task, Rng(7));
      while (const auto stretch = take->next(bars)) {
        sum = merge(sum, *stretch);
        changes += stretch->tempo.changes().size();
      }
      CHECK(sum.notes == whole.notes);
      CHECK(sum.controls == whole.controls);
      CHECK(changes == whole.tempo.changes().size());
    }
  }
}

TEST_CASE("performers: a score without notes or bars gives an empty performance") {
  const Score empty;
  for (const auto name : performer_names())
    CHECK(perform(*find_performer(name), {empty}, Rng(1)).notes.empty());
}
