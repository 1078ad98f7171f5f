// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/score/score.hpp>

using namespace toccata;

namespace {
Note note(std::uint32_t id, std::int64_t onset, int pitch, std::int64_t duration = 480) {
  return {NoteId(id), Tick(onset), Duration(duration), *Pitch::from_number(pitch), {}, {}, {}, {}};
}
Part part(int id, std::string name, std::vector<Note> notes) {
  return {PartId(static_cast<std::uint16_t>(id)),
          std::move(name),
          Role::Other,
          {},
          std::move(notes),
          {}};
}
}  // namespace

TEST_CASE("find_melody: a part named so wins over a higher one") {
  Score score;
  score.parts = {part(1, "Flute", {note(1, 0, 90)}), part(2, "Lead Gtr", {note(2, 0, 60)})};
  CHECK(find_melody(score) == PartId(2));
  score.parts[1].name = "Guitar";
  CHECK(find_melody(score) == PartId(1));
  score.parts[0].instrument.is_drums = true;
  CHECK(find_melody(score) == PartId(2));
  CHECK_FALSE(find_melody(Score()));
}

TEST_CASE("find_parts: letters' case is not regarded and all of a name are found") {
  Score score;
  score.parts = {part(1, "Bass", {}), part(2, "BASS", {}), part(3, "Drums", {})};
  CHECK(find_parts(score, "bass") == std::vector{PartId(1), PartId(2)});
  CHECK(find_parts(score, "piano").empty());
}

TEST_CASE("find_parts: spaces around a name are not regarded") {
  Score score;
  score.parts = {part(1, "  Lead ", {}), part(2, "Lead Gtr", {}), part(3, " ", {})};
  CHECK(find_parts(score, "Lead") == std::vector{PartId(1)});
  CHECK(find_parts(score, "\tlead gtr ") == std::vector{PartId(2)});
  CHECK(find_parts(score, "") == std::vector{PartId(3)});
}

TEST_CASE("bar_count: a bar that is begun counts") {
  Score score;
  CHECK(score.bar_count() == 0);
  score.end = Tick(1);
  CHECK(score.bar_count() == 1);
  score.end = Tick(1920);
  CHECK(score.bar_count() == 1);
  score.end = Tick(1921);
  CHECK(score.bar_count() == 2);
}

TEST_CASE("validate: each broken invariant is named") {
  Score score;
  score.parts = {part(1, "A", {note(1, 0, 60), note(2, 480, 60)})};
  CHECK_FALSE(validate(score));
  score.parts[0].notes[1].id = NoteId(1);
  CHECK(validate(score)->find("twice") != std::string::npos);
  score.parts[0].notes[1] = note(2, 480, 60, 0);
  CHECK(validate(score)->find("no time") != std::string::npos);
  score.parts[0].notes = {note(1, 480, 60), note(2, 0, 60)};
  CHECK(validate(score)->find("order") != std::string::npos);
}

TEST_CASE("provenance: what is written is read back, the largest seed too") {
  const Provenance provenance{
      "0.1.0", "compose", "rules", ~std::uint64_t{0}, "{\"genre\":\"jazz\"}", {"w"}};
  CHECK(parse_provenance(to_text(provenance)) == provenance);
  CHECK_FALSE(parse_provenance("some other text"));
  CHECK_FALSE(parse_provenance("toccata {\"seed\":\"x\"}"));
}
