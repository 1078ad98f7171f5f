// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/score/expression.hpp>

using namespace toccata;

namespace {

using Kind = Marking::Kind;

Marking level(std::int64_t at, std::string mark, std::uint8_t staff = 0) {
  return {Kind::Dynamic, Tick(at), Tick(at), find_loudness(mark), mark, staff};
}
Marking stretch(Kind kind, std::int64_t at, std::int64_t end) {
  return {kind, Tick(at), Tick(end), {}, {}, 0};
}
Note note(std::uint32_t id, std::int64_t onset, std::uint8_t voice) {
  Note made;
  made.id = NoteId(id);
  made.onset = Tick(onset);
  made.duration = Duration(480);
  made.voice = voice;
  return made;
}
Score score_of(Part part) {
  Score score;
  score.parts.push_back(std::move(part));
  return score;
}

}  // namespace

TEST_CASE("dynamic_at: a level holds until the next of its staff") {
  Part part;
  part.markings = {level(0, "p"), level(480, "f", 2), level(960, "mf", 1)};
  CHECK(dynamic_at(part, Tick(479))->text == "p");
  CHECK(dynamic_at(part, Tick(480))->text == "f");
  CHECK(dynamic_at(part, Tick(480), 1)->text == "p");
  CHECK(dynamic_at(part, Tick(5000), 2)->text == "f");
  CHECK(dynamic_at(part, Tick(5000), 2)->loudness == Velocity::literal(96));
  CHECK(dynamic_at(Part(), Tick(0)) == nullptr);
}

TEST_CASE("hairpin_at, pace_at and is_pedal_down: a stretch holds up to its end and not at it") {
  Part part;
  part.markings = {stretch(Kind::Crescendo, 0, 960), stretch(Kind::Pedal, 100, 200),
                   stretch(Kind::Slower, 480, 960), stretch(Kind::Diminuendo, 960, 1920)};
  CHECK(hairpin_at(part, Tick(959))->kind == Kind::Crescendo);
  CHECK(hairpin_at(part, Tick(960))->kind == Kind::Diminuendo);
  CHECK(hairpin_at(part, Tick(1920)) == nullptr);
  CHECK(is_pedal_down(part, Tick(199)));
  CHECK_FALSE(is_pedal_down(part, Tick(200)));
  Score score = score_of(part);
  score.parts.emplace_back();
  CHECK(pace_at(score, Tick(479)) == nullptr);
  CHECK(pace_at(score, Tick(480))->kind == Kind::Slower);
}

TEST_CASE("slurred_notes: a slur covers its voice from first to last note") {
  Part part;
  part.notes = {note(1, 0, 1), note(2, 0, 2), note(3, 480, 1), note(4, 960, 1), note(5, 1440, 1)};
  part.notes[0].marks.add(Mark::SlurBegin);
  part.notes[3].marks.add(Mark::SlurEnd);
  CHECK(slurred_notes(part) == std::vector{true, false, true, true, false});
}

TEST_CASE("slurred_notes: where one slur ends another may begin, and the note is under both") {
  Part part;
  part.notes = {note(1, 0, 1), note(2, 480, 1), note(3, 960, 1), note(4, 1440, 1)};
  part.notes[0].marks.add(Mark::SlurBegin);
  part.notes[1].marks.add(Mark::SlurEnd);
  part.notes[1].marks.add(Mark::SlurBegin);
  part.notes[2].marks.add(Mark::SlurEnd);
  CHECK(slurred_notes(part) == std::vector{true, true, true, false});
}

TEST_CASE("find_loudness: rises from pppp to ffff and knows no other words") {
  int before = 0;
  for (const char* mark : {"pppp", "ppp", "pp", "p", "mp", "mf", "f", "ff", "fff", "ffff"}) {
    CHECK(find_loudness(mark)->number() > before);
    before = find_loudness(mark)->number();
  }
  CHECK(find_loudness("mf") == Velocity::literal(80));
  CHECK_FALSE(find_loudness("dolce"));
}

TEST_CASE("names of markings are read back") {
  for (int i = 0; i < 9; ++i)
    CHECK(find_marking_kind(name_of(static_cast<Kind>(i))) == static_cast<Kind>(i));
  CHECK_FALSE(find_marking_kind("louder"));
}

TEST_CASE("validate: a marking has the end and the loudness that its kind asks for") {
  Part part;
  part.markings = {level(0, "p"), stretch(Kind::Pedal, 10, 20)};
  CHECK_FALSE(validate(score_of(part)));
  Part endless = part;
  endless.markings[1].end = Tick(10);
  CHECK(validate(score_of(endless))->find("end") != std::string::npos);
  Part mute = part;
  mute.markings[0].loudness.reset();
  CHECK(validate(score_of(mute))->find("loudness") != std::string::npos);
  Part early = part;
  std::swap(early.markings[0], early.markings[1]);
  CHECK(validate(score_of(early))->find("order") != std::string::npos);
}
