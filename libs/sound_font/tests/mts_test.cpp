// SPDX-License-Identifier: MIT
#include <vector>

#include <doctest/doctest.h>
#include <toccata/sound_font/mts.hpp>

using namespace toccata::sound_font;

namespace {

using Message = std::vector<std::uint8_t>;

/// A dump of program 5 in which every key lies 25 cents high, but for one that stays.
Message a_dump() {
  Message dump = {0x7E, 0, 8, 1, 5};
  dump.insert(dump.end(), 16, 'n');
  for (std::uint8_t key = 0; key < 128; ++key) {
    if (key == 60) dump.insert(dump.end(), {0x7F, 0x7F, 0x7F});
    else dump.insert(dump.end(), {key, 0x20, 0});
  }
  dump.push_back(0);
  return dump;
}

}  // namespace

TEST_CASE("mts: a dump tunes the channels that have chosen its program") {
  MtsTunings tunings;
  CHECK(tunings.receive(a_dump()) == Retuned::NextNotes);
  CHECK_FALSE(tunings.key_cents(0, 61));
  tunings.select(0, 5);
  CHECK(*tunings.key_cents(0, 61) == 25);
  CHECK(*tunings.key_cents(0, 127) == 25);
  CHECK_FALSE(tunings.key_cents(0, 60));
  CHECK_FALSE(tunings.key_cents(1, 61));
}

TEST_CASE("mts: single notes, with and without a bank") {
  MtsTunings tunings;
  CHECK(tunings.receive(Message{0x7F, 1, 8, 2, 0, 2, 60, 61, 0, 0, 62, 61, 0x40, 0}) ==
        Retuned::AllNotes);
  CHECK(*tunings.key_cents(3, 60) == 100);
  CHECK(*tunings.key_cents(3, 62) == -50);
  CHECK(tunings.receive(Message{0x7E, 1, 8, 7, 0, 0, 1, 64, 63, 0x40, 0}) == Retuned::NextNotes);
  CHECK(*tunings.key_cents(3, 64) == -50);
  CHECK(tunings.receive(Message{0x7E, 1, 8, 7, 1, 0, 1, 64, 64, 0, 0}) == Retuned::Nothing);
}

TEST_CASE("mts: octaves, of whole cents and fine ones, on the channels they name") {
  MtsTunings tunings;
  Message whole = {0x7F, 0x7F, 8, 8, 0, 0, 0x05};  // channels 1 and 3
  whole.insert(whole.end(), 12, 64);
  whole[7 + 4] = 64 - 50;
  CHECK(tunings.receive(whole) == Retuned::AllNotes);
  CHECK(tunings.octave_cents(0, 64) == doctest::Approx(-50));
  CHECK(tunings.octave_cents(2, 40) == doctest::Approx(-50));
  CHECK(tunings.octave_cents(1, 64) == 0);
  CHECK(tunings.octave_cents(0, 65) == 0);
  Message fine = {0x7E, 0, 8, 9, 0x03, 0, 0};  // channels 15 and 16
  for (int i = 0; i < 12; ++i) fine.insert(fine.end(), {0x60, 0});
  CHECK(tunings.receive(fine) == Retuned::NextNotes);
  CHECK(tunings.octave_cents(15, 1) == 50);
  CHECK(tunings.octave_cents(13, 1) == 0);
  Message program = {0x7E, 0, 8, 5, 0, 0};
  program.insert(program.end(), 16, ' ');
  program.insert(program.end(), 12, 64 + 10);
  CHECK(tunings.receive(program) == Retuned::NextNotes);
  CHECK(*tunings.key_cents(0, 70) == doctest::Approx(10).epsilon(0.001));
}

TEST_CASE("mts: what is cut off or something else changes nothing") {
  MtsTunings tunings;
  for (const Message& whole :
       {a_dump(), Message{0x7F, 1, 8, 2, 0, 1, 60, 61, 0, 0}, Message(31, 8)}) {
    for (std::size_t size = 0; size + 1 < whole.size(); ++size)
      CHECK(tunings.receive(Message(whole.begin(), whole.begin() + static_cast<long>(size))) ==
            Retuned::Nothing);
  }
  CHECK(tunings.receive(Message{0x7F, 1, 8, 2, 0, 1, 0x80, 61, 0, 0}) == Retuned::Nothing);
  CHECK(tunings.receive(Message{0x7E, 0x7F, 9, 1, 0, 0}) == Retuned::Nothing);
  CHECK(tunings.saved().empty());
}

TEST_CASE("mts: what is saved restores the same, and nothing else is taken") {
  MtsTunings tunings, again;
  (void)tunings.receive(a_dump());
  Message fine = {0x7E, 0, 8, 9, 0x03, 0, 0};
  for (int i = 0; i < 12; ++i) fine.insert(fine.end(), {0x40, static_cast<std::uint8_t>(i)});
  (void)tunings.receive(fine);
  tunings.select(9, 127);
  REQUIRE(again.restore(tunings.saved()));
  CHECK(again.saved() == tunings.saved());
  for (const char* bad : {"k", "k0", "k0 ", "k0 q1", "x0 p1", "k4000 p1", "k0 p200000", "s800",
                          "ofc d1", "o10 d4000", "k0 p1 rubbish", "kzz p1"}) {
    CHECK_FALSE(again.restore(bad));
    CHECK(again.saved() == tunings.saved());
  }
  REQUIRE(again.restore(""));
  CHECK(again.saved().empty());
}
