// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/score/performance.hpp>

using namespace toccata;

namespace {
PlayedNote played(std::uint32_t id, int velocity) {
  return {NoteId(id), Duration(0), Duration(10), *Velocity::from_number(velocity), {}};
}
}  // namespace

TEST_CASE("merge: what is added wins, what was there stays, sorted by id") {
  const Performance base{{played(1, 10), played(3, 30)}, {}, TempoMap(kComposedPpq)};
  const Performance added{{played(2, 99), played(3, 99)}, {}, TempoMap(kComposedPpq)};
  const Performance merged = merge(base, added);
  REQUIRE(merged.notes.size() == 3);
  CHECK(find_played(merged, NoteId(1))->velocity.number() == 10);
  CHECK(find_played(merged, NoteId(2))->velocity.number() == 99);
  CHECK(find_played(merged, NoteId(3))->velocity.number() == 99);
  CHECK(find_played(merged, NoteId(4)) == nullptr);
  CHECK(find_played(merged, NoteId(0)) == nullptr);
  CHECK(find_played(Performance(), NoteId(1)) == nullptr);
}

TEST_CASE("pruned: only notes of the score keep an entry") {
  Score score;
  score.parts = {{PartId(1),
                  "A",
                  Role::Melody,
                  {},
                  {{NoteId(2), Tick(0), Duration(5), Pitch::literal(60), {}, {}, {}, {}}},
                  {}}};
  const Performance performance{{played(1, 10), played(2, 20)}, {}, TempoMap(kComposedPpq)};
  const Performance kept = pruned(performance, score);
  REQUIRE(kept.notes.size() == 1);
  CHECK(kept.notes[0].note == NoteId(2));
  CHECK(make_plain_performance(score).notes[0].sounding == Duration(5));
}
