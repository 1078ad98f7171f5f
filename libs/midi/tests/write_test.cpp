// SPDX-License-Identifier: MIT
#include "fixture.hpp"

#include <doctest/doctest.h>
#include <toccata/midi/write.hpp>

using namespace toccata;
using namespace toccata::midi;
using namespace toccata::midi::fixture;

TEST_CASE(
    "write_midi: what is read and written back is equal, other chunks and trailing bytes too") {
  const Bytes input =
      join({chunk("MThd", bytes({0, 1, 0, 2, 0, 96, 9})), chunk("Junk", bytes({1, 2})),
            track({0x83, 0x60, 0x90, 60, 100, 0, 0x80, 60, 64}), chunk("XFIH", bytes({})),
            track({0, 0xF0, 3, 1, 2, 0xF7, 0, 0xF7, 1, 0xFA}), bytes({42})});
  const auto read = read_midi(input);
  REQUIRE(read);
  CHECK(read->file.other_chunks.size() == 2);
  CHECK(read->file.trailing == bytes({42}));
  CHECK(write_midi(read->file) == input);
}

TEST_CASE("write_midi: running status is written out, with the same events") {
  const auto read = read_midi(file({0, 0x90, 60, 100, 96, 60, 0}));
  const Bytes written = write_midi(read->file);
  CHECK(written == file({0, 0x90, 60, 100, 96, 0x90, 60, 0}));
}

TEST_CASE("write_midi: numbers at the edges of their byte counts are read back") {
  File made;
  Track& track = made.tracks.emplace_back();
  for (std::int64_t gap : {0, 127, 128, 16'383, 16'384, 2'097'151, 2'097'152, 268'435'455})
    track.add(track.end() + Duration(gap), status::kNoteOn, 60, 1);
  track.add_meta(track.end(), meta::kText, Bytes(300, 'x'));
  CHECK(read_midi(write_midi(made))->file == made);
}

TEST_CASE("write_midi: a gap too long for a file is bridged, and no tick moves") {
  File made;
  made.tracks.emplace_back().add(Tick(1'000'000'000), status::kNoteOn, 60, 1);
  const auto read = read_midi(write_midi(made));
  REQUIRE(read);
  CHECK(read->file.tracks[0].events().back().at == Tick(1'000'000'000));
}

TEST_CASE("Track: equality regards payloads, not where they stand in the pool") {
  Track a, b;
  a.add_meta(Tick(0), meta::kText, as_bytes("one"));
  b = a;
  CHECK(a == b);
  b.add_copy(b.events()[0], b);
  a.add_meta(Tick(0), meta::kText, as_bytes("two"));
  CHECK_FALSE(a == b);
}
