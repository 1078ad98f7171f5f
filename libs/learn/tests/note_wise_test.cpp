// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <toccata/learn/note_wise.hpp>

using namespace toccata;
using namespace toccata::learn;

namespace {

constexpr std::uint8_t kOn = midi::status::kNoteOn, kOff = midi::status::kNoteOff;

midi::File file_with(midi::Track track) {
  midi::File file;
  file.tracks.push_back(std::move(track));
  return file;
}

}  // namespace

TEST_CASE("note_wise_rows: notes come in the order in which they end") {
  midi::Track track;
  track.add(Tick{0}, kOn, 60, 50);
  track.add(Tick{10}, kOn, 72, 90);
  track.add(Tick{40}, kOff, 72, 0);
  track.add(Tick{100}, kOn, 60, 0);  // a note-on of velocity 0 ends a note
  const auto rows = note_wise_rows(file_with(track), 7);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0] == NoteRow{72, 0, 72, 60, 0, 2, 30, 90, 7, 10});
  CHECK(rows[1] == NoteRow{60, 12, 72, 60, 1, 2, 100, 50, 7, 0});
}

TEST_CASE("note_wise_rows: the first of two notes of one key is the first to end") {
  midi::Track track;
  track.add(Tick{0}, kOn, 60, 50);
  track.add(Tick{10}, kOn, 60, 90);
  track.add(Tick{30}, kOff, 60, 0);
  track.add(Tick{50}, kOff, 60, 0);
  const auto rows = note_wise_rows(file_with(track), 0);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].velocity == 50);
  CHECK(rows[0].duration == 30);
  CHECK(rows[1].duration == 40);
}

TEST_CASE("note_wise_rows: soft notes, notes of no length and notes never ended are left out") {
  midi::Track track;
  track.add(Tick{0}, kOn, 60, 19);
  track.add(Tick{0}, kOn, 61, 20);
  track.add(Tick{0}, kOn, 62, 64);
  track.add(Tick{0}, kOff, 62, 0);
  track.add(Tick{0}, kOn, 63, 64);
  track.add(Tick{5}, kOff, 60, 0);
  track.add(Tick{5}, kOff, 61, 0);
  const auto rows = note_wise_rows(file_with(track), 0);
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].pitch == 61);
}

TEST_CASE("note_wise_rows: local density is 13 but at the ends") {
  midi::Track track;
  for (int i = 0; i < 20; ++i) {
    track.add(Tick{i * 10}, kOn, 60, 64);
    track.add(Tick{i * 10 + 5}, kOff, 60, 0);
  }
  const auto rows = note_wise_rows(file_with(track), 0);
  REQUIRE(rows.size() == 20);
  CHECK(rows[0].local_density == 7);
  CHECK(rows[5].local_density == 12);
  CHECK(rows[6].local_density == 13);
  CHECK(rows[19].local_density == 7);
  CHECK(rows[10].seq_pos == doctest::Approx(10.0 / 19));
}

TEST_CASE("clipped: durations as targets lie in 100..10000") {
  CHECK(clipped(1) == 100);
  CHECK(clipped(101) == 101);
  CHECK(clipped(10'001) == 10'000);
}
