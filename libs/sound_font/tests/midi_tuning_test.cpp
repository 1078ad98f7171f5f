// SPDX-License-Identifier: MIT
#include <vector>

#include <doctest/doctest.h>
#include <toccata/sound_font/midi_tuning.hpp>

using namespace toccata;
using namespace toccata::sound_font;

namespace {

/// A controller on channel 3; whether a synthesiser is to hear of it too.
bool passes(MidiTuning& tuning, std::uint8_t number, std::uint8_t value) {
  return !tuning.hear(0xB3, number, value).is_taken;
}

}  // namespace

TEST_CASE("midi tuning: a bend is its part of the width that RPN 0 set, of its channel alone") {
  MidiTuning tuning;
  CHECK(tuning.hear(0xE3, 0, 0x60).retuned == Retuned::AllNotes);
  CHECK(tuning.channel_cents(3) == 100);
  CHECK(tuning.hear(0xE3, 0, 0x60).retuned == Retuned::Nothing);
  passes(tuning, 101, 0);
  passes(tuning, 100, 0);
  CHECK_FALSE(passes(tuning, 6, 12));
  CHECK(tuning.channel_cents(3) == 600);
  CHECK_FALSE(passes(tuning, 38, 50));
  CHECK(tuning.channel_cents(3) == 625);
  CHECK(tuning.channel_cents(2) == 0);
}

TEST_CASE("midi tuning: data entry is a synthesiser's only for parameters not registered") {
  MidiTuning tuning;
  CHECK_FALSE(passes(tuning, 6, 12));  // for nothing
  CHECK(passes(tuning, 99, 120));
  CHECK(passes(tuning, 98, 17));
  CHECK(passes(tuning, 6, 70));
  CHECK(passes(tuning, 101, 0));
  CHECK(passes(tuning, 100, 2));
  CHECK_FALSE(passes(tuning, 6, 65));
  CHECK(tuning.channel_cents(3) == 100);
  passes(tuning, 101, 127);
  CHECK_FALSE(passes(tuning, 6, 70));
  CHECK(tuning.channel_cents(3) == 100);
  CHECK(passes(tuning, 7, 70));
  CHECK(passes(tuning, 1, 70));
}

TEST_CASE("midi tuning: controller 121 ends a bend and keeps registered parameters") {
  MidiTuning tuning;
  passes(tuning, 101, 0);
  passes(tuning, 100, 1);
  passes(tuning, 6, 96);
  passes(tuning, 100, 0);
  passes(tuning, 6, 24);
  (void)tuning.hear(0xE3, 0, 0);
  CHECK(tuning.channel_cents(3) == -2350);
  CHECK(tuning.hear(0xB3, 121, 0).retuned == Retuned::AllNotes);
  CHECK(tuning.channel_cents(3) == 50);
  passes(tuning, 6, 2);  // for nothing now
  (void)tuning.hear(0xE3, 0, 0);
  CHECK(tuning.channel_cents(3) == -2350);
}

TEST_CASE("midi tuning: a tuning received goes before the scale, octaves and bends add to both") {
  MidiTuning tuning;
  const std::vector<std::uint8_t> note = {0x7F, 1, 8, 2, 0, 1, 60, 60, 0x20, 0};
  CHECK(tuning.hear_sysex(note).is_taken);
  CHECK(tuning.hear_sysex(note).retuned == Retuned::AllNotes);
  (void)tuning.hear(0xE3, 0, 0x60);
  CHECK(tuning.cents(3, 60, 40) == 125);
  CHECK(tuning.cents(3, 61, 40) == 140);
  CHECK(tuning.cents(2, 61) == 0);
  tuning.reset();
  CHECK(tuning.cents(3, 60, 40) == 25);
}

TEST_CASE("midi tuning: what resets a synthesiser is told from what does not") {
  using Content = std::vector<std::uint8_t>;
  for (const Content& reset : {Content{0x7E, 0x7F, 9, 1}, Content{0x7E, 0, 9, 3},
                               Content{0x41, 0x10, 0x42, 0x12, 0x40, 0, 0x7F, 0, 0x41},
                               Content{0x43, 0x10, 0x4C, 0, 0, 0x7E, 0}}) {
    CHECK(is_reset(reset));
    for (std::size_t size = 0; size < reset.size(); ++size)
      CHECK_FALSE(is_reset(ByteView(reset).first(size)));
  }
  CHECK_FALSE(is_reset(Content{0x7E, 0x7F, 8, 1}));
  CHECK_FALSE(is_reset(Content{0x41, 0x10, 0x42, 0x12, 0x40, 0, 0x04, 0x7F, 0x3D}));
}
