// SPDX-License-Identifier: MIT
#include "source_dir.hpp"

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/text/score_json.hpp>

using namespace toccata;
using Fault = ScoreJsonError::Fault;

namespace {

/// A document around some members.
std::string with(const std::string& members) {
  return R"({"format": "toccata.score/1", "ppq": 480, )" + members + "}";
}
std::string with_note(const std::string& members) {
  return with(R"("parts": [{"id": 1, "notes": [{)" + members + "}]}]");
}
std::string message(const std::string& text) {
  const auto read = read_score_json(text);
  return read ? "read" : describe(read.error());
}
std::string example(const char* name) {
  const auto content = read_file(test::source_dir() / "docs/formats" / name);
  REQUIRE(content);
  return std::string(as_text(*content));
}

}  // namespace

TEST_CASE("score JSON: a hand-written score needs little") {
  const auto read = read_score_json(with_note(R"("onset": 480, "duration": 240, "pitch": 62)"));
  REQUIRE(read);
  const Score& score = read->score;
  CHECK(score.end == Tick(1920));
  CHECK(score.parts[0].notes[0].id == NoteId(1));
  CHECK(score.parts[0].role == Role::Other);
  CHECK_FALSE(read->performance);
}

TEST_CASE("score JSON: notes without an id get the next free ones") {
  const auto read =
      read_score_json(with(R"("parts": [{"id": 1, "notes": [{"onset": 9, "duration": 1, "pitch": 1},
              {"id": 7, "onset": 0, "duration": 1, "pitch": 1}]}])"));
  REQUIRE(read);
  CHECK(read->score.parts[0].notes[0].id == NoteId(7));
  CHECK(read->score.parts[0].notes[1].id == NoteId(8));
}

TEST_CASE("score JSON: faults name the member, what stands there and what may") {
  CHECK(message(with_note(R"("onset": 0, "duration": 1, "pitch": 300)")) ==
        "parts[0].notes[0].pitch: 300 is not allowed, only 0..127");
  CHECK(message(with_note(R"("onset": 0, "pitch": 60)")) ==
        "parts[0].notes[0].duration: missing; needed is a whole number, 1..2000000000");
  CHECK(message(with_note(R"("onset": "0", "duration": 1, "pitch": 60)")) ==
        "parts[0].notes[0].onset: found \"0\", needed is whole numbers, 0..2000000000");
  CHECK(message(with_note(R"("onset": 0.5, "duration": 1, "pitch": 60)")) ==
        "parts[0].notes[0].onset: 0.5 is not allowed, only whole numbers, 0..2000000000");
  CHECK(
      message(with_note(R"("onset": 0, "duration": 1, "pitch": 60, "velocty": 3)")) ==
      "parts[0].notes[0]: no member \"velocty\" is known; allowed are id, onset, duration, pitch, "
      "detune, spelling, glide_from, glide_over, marks, voice, staff");
  CHECK(message(with_note(R"("onset": 0, "duration": 1, "pitch": 60, "marks": ["loud"])"))
            .starts_with("parts[0].notes[0].marks[0]: \"loud\" is not allowed, only staccato"));
  CHECK(message(R"({"format": "toccata.score/9"})") ==
        "format: \"toccata.score/9\" cannot be read, only \"toccata.score/1\"");
  CHECK(message("[]") == "found an array, needed is an object");
  CHECK(message("{").starts_with("not JSON: byte "));
  CHECK(message(with(R"("meter": [{"at": 0, "meter": "4/5"}])")).starts_with("meter[0].meter: "));
}

TEST_CASE("score JSON: what contradicts itself is refused") {
  CHECK(message(with(R"("parts": [{"id": 1}, {"id": 1}])")) ==
        "parts: part id 1 twice, only one part an id");
  CHECK(message(
            with(R"("parts": [{"id": 1, "notes": [{"id": 1, "onset": 0, "duration": 1, "pitch": 1},
                {"id": 1, "onset": 5, "duration": 1, "pitch": 1}]}])")) ==
        "note id 1 is used twice");
  CHECK(message(with_note(R"("id": 4294967295, "onset": 0, "duration": 1, "pitch": 1},
                {"onset": 5, "duration": 1, "pitch": 1)")) ==
        "parts: no note id is left, only ids up to 4294967295");
  CHECK(message(with_note(R"("onset": 2000000000, "duration": 1, "pitch": 1)"))
            .starts_with("parts[0].notes[0].duration: 1 is not allowed"));
  CHECK(message(with_note(
            R"("onset": 0, "duration": 4, "pitch": 1, "glide_from": 5, "glide_over": 5)")) ==
        "parts[0].notes[0].glide_over: 5 is not allowed, only 1..4");
  CHECK(message(with(R"("performance": {"notes": [{"note": 1, "sounding": 1, "velocity": 1},
                {"note": 1, "sounding": 1, "velocity": 1}]})")) ==
        "performance.notes: note 1 twice, only one entry a note");
}

TEST_CASE("score JSON: one note a line, members that say nothing left out") {
  Score score;
  score.end = Tick(1920);
  score.parts = {{PartId(1), "Melody", Role::Melody, {}, {}, {}}};
  score.parts[0].notes = {{NoteId(3), Tick(0), Duration(480), Pitch::literal(60), {}, {}, {}, {}},
                          {NoteId(4),
                           Tick(480),
                           Duration(480),
                           Pitch::literal(63),
                           Cents(-50),
                           {},
                           {},
                           Marks::from_bits(1)}};
  CHECK(write_score_json({score, {}}) == R"({
  "format": "toccata.score/1",
  "ppq": 480,
  "end": 1920,
  "parts": [
    {
      "id": 1,
      "name": "Melody",
      "role": "melody",
      "program": 0,
      "notes": [
        {"id": 3, "onset": 0, "duration": 480, "pitch": 60},
        {"id": 4, "onset": 480, "duration": 480, "pitch": 63, "detune": -50, "marks": ["staccato"]}
      ]
    }
  ]
}
)");
}

TEST_CASE("score JSON: a chord that no symbol says is spelled out") {
  Score score;
  score.chords = {
      {Tick(0), {{Step::C, 0}, {{1, 0}, {2, 1}, {4, 6}, {6, 9}}, NoteName{Step::G, 0}}}};
  const auto read = read_score_json(write_score_json({score, {}}));
  REQUIRE(read);
  CHECK(read->score == score);
}

TEST_CASE("score JSON: the documents' examples are read, and what they show stands in them") {
  const auto read = read_score_json(example("score.example.json"));
  if (!read) FAIL(describe(read.error()));
  CHECK(read->score.parts.size() == 2);
  CHECK(read->performance);
  CHECK(write_score_json(*read) == example("score.example.json"));
  CHECK(parse_json(example("score.schema.json")));
}

TEST_CASE("score JSON: a last note just before the latest tick is written and read back") {
  const auto read =
      read_score_json(with_note(R"("onset": 1999999999, "duration": 1, "pitch": 60)"));
  REQUIRE(read);
  const auto again = read_score_json(write_score_json(*read));
  REQUIRE(again);
  CHECK(*again == *read);
}
