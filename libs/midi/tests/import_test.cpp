// SPDX-License-Identifier: MIT
#include "fixture.hpp"

#include <cmath>
#include <tuple>

#include <doctest/doctest.h>
#include <toccata/midi/import.hpp>

using namespace toccata;
using namespace toccata::midi;
using namespace toccata::midi::fixture;

namespace {

Import imported(const Bytes& bytes) {
  const auto read = read_midi(bytes);
  REQUIRE(read);
  Import import = to_score(read->file);
  const auto fault = validate(import.score);
  INFO(fault.value_or(""));
  CHECK_FALSE(fault);
  return import;
}
const std::vector<Note>& notes(const Import& import, std::size_t part = 0) {
  REQUIRE(import.score.parts.size() > part);
  return import.score.parts[part].notes;
}

}  // namespace

TEST_CASE("to_score: each track and channel with notes is a part, named and numbered in order") {
  const Import import =
      imported(join({header(1, 3, 96), track({0, 0xFF, 3, 1, 'T'}),
                     track({0, 0xFF, 3, 3, 'L', 'e', 'd', 0, 0xC2, 40, 0, 0x92, 60, 9, 96, 60, 0}),
                     track({0, 0x99, 36, 100, 0, 0x93, 50, 1, 10, 0x83, 50, 7, 0, 0x89, 36, 0})}));
  const Score& score = import.score;
  CHECK(score.title == "T");
  CHECK(score.ppq() == Ppq::literal(96));
  REQUIRE(score.parts.size() == 3);
  CHECK(score.parts[0].name == "Led");
  CHECK(score.parts[0].instrument.program == Program::literal(40));
  CHECK(score.parts[0].place == FilePlace{1, Channel::literal(2)});
  CHECK(score.parts[1].name == "Track 3");
  CHECK(score.parts[2].name == "Drums");
  CHECK(score.parts[2].instrument.is_drums);
  CHECK(notes(import, 2)[0].id == NoteId(3));
  CHECK(import.performance.notes[0].velocity == Velocity::literal(9));
  CHECK_FALSE(import.performance.notes[0].release);
  CHECK(import.performance.notes[1].release == ControlValue::literal(7));
  CHECK(import.links.notes[1] == NoteLink{2, 1, 2});
}

TEST_CASE("to_score: names and markers that are not UTF-8 are Latin-1, and carried as they are") {
  const Bytes bytes = join(
      {header(1, 2, 96), track({0, 0xFF, 3, 2, 0xC9, '1', 0, 0xFF, 6, 2, 'A', 0xE0}),
       track({0, 0xFF, 3, 3, 'M', 0xE9, 'l', 0, 0xFF, 5, 1, 0xE9, 0, 0x90, 60, 9, 96, 60, 0})});
  const auto file = read_midi(bytes);
  REQUIRE(file);
  const Import import = to_score(file->file);
  CHECK(import.score.title == "\u00c91");
  CHECK(import.score.parts[0].name == "M\u00e9l");
  CHECK(import.score.sections[0].label == "A\u00e0");
  CHECK(import.score.carried[0].bytes == fixture::bytes({0xFF, 5, 1, 0xE9}));
}

TEST_CASE("to_score: format 0 is split by channel") {
  const Import import = imported(
      file({0, 0xFF, 3, 1, 'S', 0, 0x90, 60, 1, 0, 0x94, 40, 1, 9, 0x80, 60, 64, 0, 0x84, 40, 64}));
  REQUIRE(import.score.parts.size() == 2);
  CHECK(import.score.title == "S");
  CHECK(import.score.parts[0].name == "Channel 1");
  CHECK(import.score.parts[1].name == "Channel 5");
}

TEST_CASE("to_score: of overlapping notes of one key the first to begin is the first to end") {
  const Import import = imported(file({0, 0x90, 60, 1, 10, 60, 2, 10, 60, 0, 30, 60, 0}));
  CHECK(notes(import)[0].duration == Duration(20));
  CHECK(notes(import)[1].duration == Duration(40));
}

TEST_CASE("to_score: a hanging note lasts to its track's end, one of no length lasts one tick") {
  const Import import = imported(file({0, 0x90, 60, 1, 0, 62, 1, 0, 62, 0, 50, 0xFF, 1, 0}));
  CHECK(notes(import)[0].duration == Duration(50));
  CHECK_FALSE(import.links.notes[0].off);
  CHECK(notes(import)[1].duration == Duration(1));
}

TEST_CASE("to_score: a note-off that ends nothing is no note") {
  CHECK(imported(file({0, 0x80, 60, 1, 5, 0x90, 60, 0})).score.parts.empty());
}

TEST_CASE("to_score: notes struck together are sorted by pitch") {
  const Import import = imported(file({0, 0x90, 67, 1, 0, 60, 1, 0, 64, 1}));
  CHECK(notes(import)[0].pitch.number() == 60);
  CHECK(notes(import)[2].pitch.number() == 67);
  CHECK(import.links.notes[0].on == 1);
}

TEST_CASE("to_score: tempo, meter, key and markers come from any track, twice told or once") {
  const Raw conductor = {0,  0xFF, 0x51, 3,    9,    0x27, 0xC0, 0, 0xFF, 0x58, 4, 3, 2,
                         24, 8,    0,    0xFF, 0x59, 2,    0xFD, 1, 0,    0xFF, 6, 1, 'A'};
  const Import import = imported(join({header(1, 2, 96), track(conductor), track(conductor)}));
  const Score& score = import.score;
  CHECK(score.tempo.tempo_at(Tick(0)).micros_per_quarter() == 600'000);
  CHECK(import.performance.tempo == score.tempo);
  CHECK(score.meter.meter_at(Tick(0)) == *Meter::make(3, 4));
  REQUIRE(score.keys.size() == 1);
  CHECK(to_string(score.keys[0].key) == "C minor");
  CHECK(score.sections == std::vector<Section>{{Tick(0), "A"}});
  CHECK(score.carried.empty());
}

TEST_CASE("to_score: every key signature is the key of its circle of fifths") {
  struct Case {
    int sharps, minor;
    const char* name;
  };
  for (const Case& c : {Case{0, 0, "C major"}, Case{0, 1, "A minor"}, Case{-7, 0, "Cb major"},
                        Case{7, 0, "C# major"}, Case{-7, 1, "Ab minor"}, Case{7, 1, "A# minor"},
                        Case{2, 1, "B minor"}, Case{-1, 0, "F major"}}) {
    const Import import = imported(file({0, 0xFF, 0x59, 2, c.sharps & 0xFF, c.minor}));
    CHECK(to_string(import.score.keys.at(0).key) == c.name);
    CHECK(import.score.keys[0].key.fifths() == c.sharps);
  }
}

TEST_CASE("to_score: a first bar shorter than the second, with a meter of its own, is a pick-up") {
  const Import import =
      imported(file({0, 0xFF, 0x58, 4, 1, 2, 24, 8, 0, 0x90, 60, 1,    96,   60, 0,  //
                     0, 0xFF, 0x58, 4, 3, 2, 24, 8, 0, 62,   1,  0x82, 0x20, 62, 0}));
  CHECK(import.score.meter.pickup() == MeterMap::Pickup::FirstBar);
  CHECK(import.score.bar_count() == 1);
  CHECK(import.score.end == Tick(384));
}

TEST_CASE("to_score: the last bar is the one that holds the last note, but for a short tail") {
  // A whole note that rings a sixteenth into bar 2, then one that ends in its middle.
  CHECK(imported(file({0, 0x90, 60, 1, 0x83, 0x18, 60, 0})).score.bar_count() == 1);
  CHECK(imported(file({0, 0x90, 60, 1, 0x84, 0x40, 60, 0})).score.bar_count() == 2);
}

TEST_CASE("to_score: chord symbols, keys in words and provenance are read back") {
  const Provenance made{"0.1", "compose", "rules", 5, "", {}};
  Bytes events;
  for (const std::string& text :
       {std::string("chord: Dm7/G"), std::string("key: D minor; maqam bayati"), to_text(made)}) {
    events = join({events, bytes({0, 0xFF, 1, static_cast<int>(text.size())})});
    append_text(events, text);
  }
  const Import import =
      imported(join({header(0, 1, 96), chunk("MTrk", join({events, bytes({0, 0xFF, 0x2F, 0})}))}));
  REQUIRE(import.score.chords.size() == 1);
  CHECK(to_string(import.score.chords[0].chord) == "Dm7/G");
  CHECK(import.score.keys.at(0).maqam == "bayati");
  CHECK(import.score.provenance == std::vector<Provenance>{made});
}

TEST_CASE("to_score: what is not understood is carried, in order") {
  const Import import =
      imported(file({0, 0xFF, 5, 2, 'l',  'a', 0,    0x90, 60, 1,    3, 0xA0, 60,   9,  //
                     0, 0xF0, 2, 1, 0xF7, 0,   0xC0, 4,    0,  0xC0, 5, 9,    0x80, 60, 0}));
  const auto& carried = import.score.carried;
  REQUIRE(carried.size() == 4);
  CHECK(carried[0].bytes == bytes({0xFF, 5, 2, 'l', 'a'}));
  CHECK(carried[1].bytes == bytes({0xA0, 60, 9}));
  CHECK(carried[2].bytes == bytes({0xF0, 2, 1, 0xF7}));
  CHECK(carried[3].bytes == bytes({0xC0, 5}));
  CHECK(carried[3].at == Tick(3));
}

TEST_CASE("to_score: controllers belong to the part of their channel, in another track too") {
  const Import import = imported(join({header(1, 2, 96), track({0, 0xB3, 7, 100, 0, 0xB4, 7, 1}),
                                       track({0, 0x93, 60, 1, 9, 0xB3, 64, 127})}));
  REQUIRE(import.performance.controls.size() == 2);
  CHECK(import.performance.controls[0].controller == Controller::literal(7));
  CHECK(import.performance.controls[1].at == Tick(9));
  CHECK(import.score.carried.size() == 1);
}

TEST_CASE("to_score: film time lasts as long in quarters as in frames") {
  struct Case {
    int division, ticks;
    double seconds;
  };
  for (const Case& c : {Case{0xE728, 1000, 1.0},       // 25 frames of 40 ticks
                        Case{0xE219, 750, 1.0},        // 30 of 25
                        Case{0xE801, 24, 1.0},         // 24 of 1
                        Case{0xE701, 25, 1.0},         // 25 of 1: odd
                        Case{0xE364, 3000, 1.001}}) {  // 29.97 of 100
    const Import import =
        imported(join({header(0, 1, c.division), track({0, 0xFF, 0x51, 3, 1, 0, 0})}));
    CHECK(import.score.tempo.seconds_at(Tick(c.ticks)).value() == doctest::Approx(c.seconds));
  }
}

TEST_CASE("to_score: tracks of format 2 follow one another") {
  const Import import = imported(join(
      {header(2, 2, 96), track({0, 0x90, 60, 1, 96, 60, 0}), track({0, 0x90, 62, 1, 96, 62, 0})}));
  CHECK(notes(import, 1)[0].onset == Tick(96));
  CHECK(import.links.track_onset[1] == Tick(96));
}

TEST_CASE("to_score: bends between notes are their tuning") {
  const Import import = imported(file({0, 0xB0, 101, 0,  0, 100,  0,  0, 6,  12, 0, 38, 0,  //
                                       0, 0xE0, 0,   62, 0, 0x90, 60, 1, 96, 60, 0,         //
                                       0, 0xE0, 0,   64, 0, 0x90, 60, 1, 96, 60, 0}));
  CHECK(std::fabs(notes(import)[0].detune.value() - -256.0 * 1200 / 8192) < 1e-9);
  CHECK(notes(import)[1].detune == Cents(0));
  CHECK(import.score.carried.empty());
  CHECK(import.performance.controls.empty());
}

TEST_CASE("to_score: a bend right after the note-on of its tick counts as before it") {
  const Import import = imported(file({0, 0x90, 60, 1, 0, 0xE0, 0, 72, 96, 0x80, 60, 0}));
  CHECK(notes(import)[0].detune == Cents(25));
}

TEST_CASE(
    "to_score: a bend that moves under a note is carried, and so is all the channel's bending") {
  const Import import =
      imported(file({0,  0xE0, 0, 72,   0,  0x90, 60, 1,    48, 0xE0, 0, 64,   48, 0x90,  //
                     60, 0,    0, 0x91, 60, 1,    0,  0xE1, 0,  72,   9, 0x81, 60, 0}));
  CHECK(notes(import)[0].detune == Cents(0));
  CHECK(import.score.carried.size() == 2);
  CHECK(notes(import, 1)[0].detune == Cents(25));
}

TEST_CASE("to_score: single-note tuning changes tune the notes after them") {
  const Import import = imported(
      file({0, 0x90, 64, 1, 96, 64, 0, 0, 0xF0, 11, 0x7F, 0x7F, 8, 2, 0, 1, 64, 63, 64, 0, 0xF7,  //
            0, 0x90, 64, 1, 96, 64, 0}));
  CHECK(notes(import)[0].detune == Cents(0));
  CHECK(notes(import)[1].detune == Cents(-50));
  CHECK(import.score.carried.empty());
}

TEST_CASE("to_score: an empty file is an empty score") {
  CHECK(imported(header(1, 0, 480)).score.parts.empty());
  CHECK(imported(file({})).score.end == Tick(0));
}
