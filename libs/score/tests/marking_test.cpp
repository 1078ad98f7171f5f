// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/score/score.hpp>

using namespace toccata;

namespace {

using Kind = Marking::Kind;

Marking level(std::int64_t at, std::string mark) {
  return {Kind::Dynamic, Tick(at), Tick(at), find_loudness(mark), mark, 0};
}
Marking stretch(Kind kind, std::int64_t at, std::int64_t end) {
  return {kind, Tick(at), Tick(end), {}, {}, 0};
}
Score score_of(Part part) {
  Score score;
  score.parts.push_back(std::move(part));
  return score;
}

}  // namespace

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
