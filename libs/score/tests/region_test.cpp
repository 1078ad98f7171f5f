// SPDX-License-Identifier: MIT
#include <algorithm>

#include <doctest/doctest.h>
#include <toccata/score/region.hpp>

using namespace toccata;

namespace {
Note note(std::uint32_t id, std::int64_t onset, int pitch, std::int64_t duration = 480) {
  return {NoteId(id), Tick(onset), Duration(duration), *Pitch::from_number(pitch), {}, {}, {}, {}};
}

/// Two parts of four bars of 4/4, a note on each half.
Score four_bars() {
  Score score;
  score.end = Tick(4 * 1920);
  std::uint32_t id = 0;
  for (int p = 1; p <= 2; ++p) {
    Part part{PartId(static_cast<std::uint16_t>(p)), "P", Role::Other, {}, {}, {}};
    for (int half = 0; half < 8; ++half) part.notes.push_back(note(++id, half * 960, 60 + p, 960));
    score.parts.push_back(part);
  }
  return score;
}
const Region kMiddle{{{PartId(1), Bar(1), Bar(3)}}, {}};
}  // namespace

TEST_CASE("splice: outside the region nothing changes") {
  const Score before = four_bars();
  const auto after = splice(before, kMiddle, {{{PartId(1), {note(0, 2000, 72)}}}, {}});
  REQUIRE(after);
  CHECK(after->parts[1] == before.parts[1]);
  CHECK_FALSE(validate(*after));
  std::vector<Note> left;
  for (const Note& n : after->parts[0].notes)
    if (n.onset < Tick(1920) || n.onset >= Tick(3 * 1920)) left.push_back(n);
  CHECK(left.size() == 4);
  for (const Note& n : left)
    CHECK(std::ranges::find(before.parts[0].notes, n) != before.parts[0].notes.end());
  CHECK(after->parts[0].notes.size() == 5);
}

TEST_CASE("splice: a pinned note stays and new ids are fresh") {
  const Score before = four_bars();
  Region region = kMiddle;
  region.pinned = {NoteId(3)};
  const auto after = splice(before, region, {{{PartId(1), {note(0, 2000, 72)}}}, {}});
  REQUIRE(after);
  CHECK(std::ranges::count(after->parts[0].notes, NoteId(3), &Note::id) == 1);
  CHECK(last_note_id(*after) == NoteId(17));
}

TEST_CASE("splice: a draft that leaves its region is refused whole") {
  const Score before = four_bars();
  using Fault = SpliceError::Fault;
  const auto fault = [&](Note n, int part = 1) {
    return splice(before, kMiddle, {{{PartId(static_cast<std::uint16_t>(part)), {n}}}, {}})
        .error()
        .fault;
  };
  CHECK(fault(note(0, 1919, 60)) == Fault::OutsideRegion);
  CHECK(fault(note(0, 3 * 1920, 60)) == Fault::OutsideRegion);
  CHECK(fault(note(0, 2000, 60, 5000)) == Fault::Overhangs);
  CHECK(fault(note(0, 2000, 60, 0)) == Fault::EmptyNote);
  CHECK(fault(note(0, 2000, 60), 2) == Fault::OutsideRegion);
  CHECK(fault(note(0, 2000, 60), 9) == Fault::UnknownPart);
}

TEST_CASE("splice: a note may ring on after the last bar") {
  const Score before = four_bars();
  const Region last{{{PartId(1), Bar(3), Bar(4)}}, {}};
  CHECK(splice(before, last, {{{PartId(1), {note(0, 3 * 1920, 60, 2500)}}}, {}}));
}

TEST_CASE("make_room: bars come after the last one and parts get free ids") {
  const Score before = four_bars();
  const auto wider = make_room(before, {4, {{"Flute", Role::Melody, {}}}});
  REQUIRE(wider);
  CHECK(wider->bar_count() == 8);
  CHECK(wider->parts.back().id == PartId(3));
  CHECK(make_room(Score(), {2, {}})->end == Tick(3840));
  CHECK_FALSE(make_room(before, {-1, {}}));
  CHECK_FALSE(make_room(before, {100'001, {}}));
}
