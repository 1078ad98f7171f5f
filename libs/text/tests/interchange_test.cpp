// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>
#include <toccata/text/interchange.hpp>

using namespace toccata;

TEST_CASE("NoteSequence: seconds become ticks of the tempo in force") {
  const auto read = read_any_json(R"({
    "ticksPerQuarter": 480, "totalTime": 3.0,
    "tempos": [{"qpm": 120}, {"time": 1.0, "qpm": 60}],
    "timeSignatures": [{"numerator": 3, "denominator": 4}],
    "keySignatures": [{"key": "E_FLAT", "mode": "MINOR"}],
    "notes": [{"pitch": 60, "velocity": 90, "endTime": 0.5, "program": 32},
              {"pitch": 36, "velocity": 70, "startTime": 1.0, "endTime": 2.0, "instrument": 1,
               "isDrum": true}],
    "instrumentInfos": [{"name": "Bass"}],
    "textAnnotations": [{"time": 1.0, "text": "Ebm7", "annotationType": "CHORD_SYMBOL"},
                        {"text": "hello", "annotationType": "BEAT"}],
    "sectionAnnotations": [{"sectionId": 2}]})");
  if (!read) FAIL(describe(read.error()));
  const Score& score = read->score;
  REQUIRE(score.parts.size() == 2);
  CHECK(score.parts[0].name == "Bass");
  CHECK(score.parts[0].instrument.program == Program::literal(32));
  CHECK(score.parts[0].notes[0].duration == Duration(480));
  CHECK(score.parts[1].instrument.is_drums);
  CHECK(score.parts[1].notes[0].onset == Tick(960));
  CHECK(score.parts[1].notes[0].end() == Tick(1440));
  CHECK(to_string(score.keys[0].key) == "Eb minor");
  CHECK(score.chords[0].at == Tick(960));
  CHECK(score.sections[0].label == "B");
  CHECK(score.end == Tick(2880));
  CHECK(find_played(*read->performance, NoteId(1))->velocity == Velocity::literal(90));
}

TEST_CASE("NoteSequence: quantised steps lie on the grid they name") {
  const auto read = read_any_json(R"({"quantizationInfo": {"stepsPerQuarter": 4},
    "notes": [{"pitch": 60, "quantizedStartStep": 3, "quantizedEndStep": 5}]})");
  if (!read) FAIL(describe(read.error()));
  CHECK(read->score.ppq() == Ppq::literal(220));
  CHECK(read->score.parts[0].notes[0].onset == Tick(165));
  CHECK(read->score.parts[0].notes[0].end() == Tick(275));
}

TEST_CASE("Tone JSON: ticks where they are given, else seconds") {
  const auto read = read_any_json(R"({
    "header": {"name": "Tune", "ppq": 96, "tempos": [{"bpm": 60, "ticks": 0}],
               "timeSignatures": [{"ticks": 0, "timeSignature": [6, 8], "measures": 0}],
               "keySignatures": [{"key": "D", "scale": "minor", "ticks": 0}],
               "meta": [{"type": "marker", "text": "Verse", "ticks": 96}]},
    "tracks": [{"channel": 9, "name": "Kit", "instrument": {"number": 0, "family": "drums"},
                "notes": [{"midi": 36, "time": 1.0, "duration": 0.25, "velocity": 0.5},
                          {"midi": 38, "ticks": 48, "durationTicks": 12, "velocity": 1}],
                "controlChanges": {"64": [{"number": 64, "ticks": 5, "value": 1}]},
                "endOfTrackTicks": 500}]})");
  if (!read) FAIL(describe(read.error()));
  const Part& kit = read->score.parts[0];
  CHECK(kit.instrument.is_drums);
  CHECK(kit.notes[1].onset == Tick(96));
  CHECK(kit.notes[1].end() == Tick(120));
  CHECK(kit.notes[0].onset == Tick(48));
  CHECK(read->score.sections[0].label == "Verse");
  CHECK(read->score.end == Tick(500));
  CHECK(find_played(*read->performance, NoteId(1))->velocity == Velocity::literal(64));
  CHECK(read->performance->controls[0].value == ControlValue::literal(127));
}

TEST_CASE("read_any_json: our own format too, and faults with their place") {
  CHECK(read_any_json(R"({"format": "toccata.score/1", "ppq": 1})"));
  const auto message = [](std::string_view text) {
    const auto read = read_any_json(text);
    return read ? "read" : describe(read.error());
  };
  CHECK(message("{}") ==
        "this layout cannot be read, only toccata.score/1, NoteSequence and @tonejs/midi");
  CHECK(message("17") ==
        "this layout cannot be read, only toccata.score/1, NoteSequence and @tonejs/midi");
  CHECK(message(R"({"notes": [{"pitch": 128}]})") ==
        "notes[0].pitch: 128 is not allowed, only 0..127");
  CHECK(message(R"({"notes": [{"pitch": 1, "endTime": -1}]})")
            .starts_with("notes[0].endTime: -1 is not allowed"));
  CHECK(message(R"({"tempos": [{"qpm": 6e7}], "notes": [{"pitch": 1, "endTime": 1e6}]})")
            .starts_with("notes[0].endTime: tick "));
  CHECK(message(R"({"header": 3, "tracks": []})") == "header: missing; needed is an object");
}
