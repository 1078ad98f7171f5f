// SPDX-License-Identifier: MIT
#include "fixture.hpp"

#include <string>

#include <doctest/doctest.h>
#include <toccata/midi/write.hpp>

using namespace toccata;
using namespace toccata::midi;
using namespace toccata::midi::fixture;

namespace {

/// The fault of a strict reading, after checking that a lenient one gives a sound file.
ReadError fault_of(const Bytes& input) {
  const auto strict = read_midi(input);
  REQUIRE_FALSE(strict);
  if (const auto lenient = read_midi(input, Repair::Lenient)) {
    CHECK_FALSE(lenient->repairs.empty());
    const auto again = read_midi(write_midi(lenient->file));
    REQUIRE(again);
    CHECK(again->file == lenient->file);
  }
  return strict.error();
}
ReadFile repaired(const Bytes& input) {
  const auto lenient = read_midi(input, Repair::Lenient);
  REQUIRE(lenient);
  return *lenient;
}

}  // namespace

TEST_CASE("read_midi: channel messages keep ticks, order and channel, with running status or not") {
  const auto read = read_midi(file({0, 0x91, 60, 100, 96, 60, 0, 0, 0xC1, 5, 10, 0xE1, 0, 64}));
  REQUIRE(read);
  const auto events = read->file.tracks[0].events();
  REQUIRE(events.size() == 4);
  CHECK(events[0].is_note_on());
  CHECK(events[1].is_note_off());
  CHECK(events[1].at == Tick(96));
  CHECK(events[2].channel() == 1);
  CHECK(events[2].data1 == 5);
  CHECK(events[3].bend() == 0);
  CHECK(read->file.tracks[0].end() == Tick(106));
  CHECK(read->file.division.ppq() == Ppq::literal(96));
}

TEST_CASE("read_midi: running status goes on behind meta and SysEx events, as players do") {
  const auto read = read_midi(file({0, 0x90, 60, 100, 0,    0xFF, 1,  1, 'x', 9, 60, 0,  //
                                    0, 0xF0, 2,  1,   0xF7, 0,    62, 90}));
  REQUIRE(read);
  CHECK(read->file.tracks[0].events().size() == 5);
  CHECK(count_notes(read->file) == 2);
}

TEST_CASE("read_midi: metas, SysEx and escapes keep their bytes") {
  const auto read = read_midi(file({0, 0xFF, 3, 2,    'a', 'b',  0,    0xF0, 3, 0x7E, 1, 0xF7,  //
                                    5, 0xF7, 1, 0xF8, 0,   0xFF, 0x60, 0}));
  REQUIRE(read);
  const Track& track = read->file.tracks[0];
  REQUIRE(track.events().size() == 4);
  CHECK(as_text(track.payload(track.events()[0])) == "ab");
  CHECK(track.payload(track.events()[1]).size() == 3);
  CHECK(track.events()[2].status == status::kEscape);
  CHECK(track.events()[3].is_meta(0x60));
}

TEST_CASE("read_midi: what is odd but legal is no fault") {
  const Bytes empty = track({});
  CHECK(read_midi(header(1, 0, 480)));
  CHECK(read_midi(join({header(0, 1, 96), chunk("Junk", bytes({1, 2})), empty, bytes({42})})));
  CHECK(read_midi(join({chunk("MThd", bytes({0, 0, 0, 1, 0, 96, 7, 7})), empty})));
  CHECK(read_midi(join({header(1, 1, 0xE728), empty})));         // 25 frames, 40 ticks
  CHECK(read_midi(file({0x80, 0x80, 0, 0xFF, 1, 0})));           // a number in more bytes
  CHECK(read_midi(file({0, 0xFF, 0x51, 3, 0, 0, 0})));           // a tempo of 0
  CHECK(read_midi(file({0, 0xFF, 0x54, 5, 0x60, 0, 0, 0, 0})));  // film time at 30 frames
}

TEST_CASE("read_midi: a RIFF wrapper is taken off") {
  const Bytes inner = file({0, 0x90, 60, 1});
  Bytes riff;
  append_text(riff, "RIFF");
  const auto size = static_cast<int>(inner.size());
  riff = join({riff, bytes({size + 12, 0, 0, 0}),
               as_bytes("RMIDdata").size() == 8
                   ? Bytes(as_bytes("RMIDdata").begin(), as_bytes("RMIDdata").end())
                   : Bytes{},
               bytes({size, 0, 0, 0}), inner, bytes({0})});
  const auto read = read_midi(riff);
  REQUIRE(read);
  CHECK(read->file == read_midi(inner)->file);
}

TEST_CASE("read_midi: what is no MIDI file is refused, leniently too") {
  for (const std::string text : {"", "M", "MThd", "not a midi file", "MTrk"}) {
    CHECK_FALSE(read_midi(as_bytes(text)));
    CHECK_FALSE(read_midi(as_bytes(text), Repair::Lenient));
  }
  CHECK(read_midi(as_bytes("RIFF")).error().fault == Fault::NotMidi);
}

TEST_CASE("read_midi: bytes before the header are left out leniently") {
  const Bytes input = join({Bytes(128, 0), file({0, 0x90, 60, 1})});
  CHECK(fault_of(input).fault == Fault::NotMidi);
  CHECK(repaired(input).repairs[0].found == 128);
}

TEST_CASE("read_midi: header faults name the header's byte") {
  CHECK(fault_of(join({header(7, 1, 96), track({})})) ==
        ReadError{Fault::UnknownFormat, 8, std::nullopt, 7});
  CHECK(fault_of(join({header(0, 1, 0), track({})})).fault == Fault::BadDivision);
  CHECK(fault_of(join({header(0, 1, 0xFFFF), track({})})).fault == Fault::BadDivision);
  CHECK(fault_of(join({header(1, 2, 96), track({})})).fault == Fault::TooFewTracks);
  CHECK(fault_of(join({header(1, 1, 96), track({}), track({})})).fault == Fault::TooManyTracks);
  CHECK(fault_of(join({header(0, 2, 96), track({}), track({})})).fault == Fault::TooManyTracks);
}

TEST_CASE("read_midi: a track without End of Track is refused, naming the track") {
  const Bytes input =
      join({header(1, 2, 96), track({}), chunk("MTrk", bytes({0, 0x90, 60, 1, 96, 60, 0}))});
  const ReadError error = fault_of(input);
  CHECK(error.fault == Fault::MissingEndOfTrack);
  CHECK(error.track == 1);
  CHECK(describe(error).starts_with("track 2, byte "));
  CHECK(repaired(input).file.tracks[1].end() == Tick(96));
}

TEST_CASE("read_midi: a track that claims 4 GiB is read to the file's end, and allocates no more") {
  Bytes input = file({0, 0x90, 60, 1});
  for (std::size_t i = 18; i < 22; ++i) input[i] = 0xFF;
  CHECK(fault_of(input).fault == Fault::TrackTooLong);
  CHECK(count_notes(repaired(input).file) == 1);
}

TEST_CASE("read_midi: a track length too short is put right by what follows") {
  Bytes input = join({header(1, 2, 96), track({0, 0x90, 60, 1, 96, 60, 0}), track({})});
  const std::size_t length_at = 14 + 7;
  for (int length = 0; length < 11; ++length) {
    input[length_at] = static_cast<std::uint8_t>(length);
    CHECK_FALSE(read_midi(input));
    const ReadFile read = repaired(input);
    REQUIRE(read.file.tracks.size() == 2);
    CHECK(read.file.tracks[0].events().size() == 2);
  }
}

TEST_CASE("read_midi: a track length too long does not swallow the next track") {
  Bytes input = join({header(1, 2, 96), track({}), track({0, 0x90, 60, 1})});
  input[14 + 7] = 9;
  CHECK(fault_of(input).fault == Fault::BytesAfterEndOfTrack);
  CHECK(count_notes(repaired(input).file) == 1);
}

TEST_CASE("read_midi: every cut of a file is refused, and read leniently once it has a header") {
  const Bytes whole = join({header(1, 2, 96), track({0, 0xFF, 0x51, 3, 7, 0xA1, 0x20}),
                            track({0, 0x90, 60, 1, 96, 60, 0, 0, 0xF0, 2, 1, 0xF7})});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK_FALSE(read_midi(cut));
    CHECK(read_midi(cut, Repair::Lenient).has_value() == (size >= 14));
    if (size >= 14) fault_of(cut);
  }
}

TEST_CASE("read_midi: faults within events name the byte, and lose at most that event") {
  struct Case {
    Raw raw;
    Fault fault;
    std::size_t at;  ///< within the track
    std::size_t events;
  };
  for (const Case& c : {Case{{0, 60, 1, 0, 0x90, 60, 1}, Fault::OrphanRunningStatus, 1, 1},
                        Case{{0, 0x90, 60, 0x85}, Fault::DataByteTooLarge, 3, 1},
                        Case{{0, 0xF8, 0, 0x90, 60, 1}, Fault::StatusNotAllowed, 1, 1},
                        Case{{0, 0xF2, 1, 2, 0, 0x90, 60, 1}, Fault::StatusNotAllowed, 1, 1},
                        Case{{0, 0xFF, 0x51, 2, 1, 2, 0, 0x90, 60, 1}, Fault::BadMetaLength, 1, 1},
                        Case{{0, 0xFF, 0x59, 2, 0, 17}, Fault::BadMetaValue, 1, 0},
                        Case{{0, 0xFF, 0x54, 5, 0, 99, 0, 0, 0}, Fault::BadMetaValue, 1, 0},
                        Case{{0, 0xFF, 0x85, 0}, Fault::BadMetaType, 1, 0},
                        Case{{0x81, 0x80, 0x80, 0x80, 0x90, 60, 1}, Fault::LongNumber, 0, 1}}) {
    const ReadError error = fault_of(file(c.raw));
    CHECK(error.fault == c.fault);
    CHECK(error.byte_offset == 22 + c.at);
    CHECK(error.track == 0);
    const ReadFile read = repaired(file(c.raw));
    CHECK(read.file.tracks[0].events().size() == c.events);
    CHECK(describe_repair(read.repairs[0]).size() > describe(error).size());
  }
}
