// SPDX-License-Identifier: MIT
// Files whose messages say of pitch what they will: each sounds where it says, to a cent.
#include "listen.hpp"
#include "sine.hpp"

#include <doctest/doctest.h>

using namespace toccata;
using namespace toccata::render;
using namespace toccata::render::test;
using sound_font::test::cents_above;
using sound_font::test::hertz_of_sine;

namespace {

constexpr std::uint8_t kSysEx = midi::status::kSysEx;

/// A message with its status byte; SysEx without F0, after kSysEx.
using Sent = std::vector<std::uint8_t>;

void send(midi::Track& track, std::int64_t tick, const Sent& sent) {
  if (sent[0] == kSysEx) track.add_sysex(Tick(tick), kSysEx, ByteView(sent).subspan(1));
  else track.add(Tick(tick), sent[0], sent[1], sent.size() > 2 ? sent[2] : 0);
}

/// The cents at which a key sounds, in its second half second: `first` comes before the note,
/// `then` while it sounds.
double cents_of(const std::vector<Sent>& first, const std::vector<Sent>& then = {},
                std::uint8_t channel = 0, int key = 69) {
  const auto number = static_cast<std::uint8_t>(key);
  midi::Track track;
  for (const Sent& sent : first) send(track, 0, sent);
  track.add(Tick(0), midi::status::kNoteOn | channel, number, 100);
  for (const Sent& sent : then) send(track, 240, sent);
  track.add(Tick(960), midi::status::kNoteOff | channel, number, 0);
  midi::File file;
  file.tracks = {track};
  const auto sound = heard_dry(file);
  const auto window = std::span(sound.left).subspan(kRate.frames(0.5), kRate.frames(0.45));
  return cents_above(hertz_of_sine(window, kRate.hertz()), key);
}

std::vector<Sent> parameter(std::uint8_t number, int upper, int lower = -1) {
  std::vector<Sent> sent = {{0xB0, 101, 0}, {0xB0, 100, number}};
  sent.push_back({0xB0, 6, static_cast<std::uint8_t>(upper)});
  if (lower >= 0) sent.push_back({0xB0, 38, static_cast<std::uint8_t>(lower)});
  sent.push_back({0xB0, 101, 127});
  sent.push_back({0xB0, 100, 127});
  return sent;
}
std::vector<Sent> with(std::vector<Sent> all, const Sent& last) {
  all.push_back(last);
  return all;
}
/// A bend of these semitones where the widest has so many.
Sent bend(double semitones, double widest) {
  const int amount = 8192 + static_cast<int>(std::lround(semitones / widest * 8192));
  return {0xE0, static_cast<std::uint8_t>(amount & 127), static_cast<std::uint8_t>(amount >> 7)};
}

/// Key 69 tuned 50 cents up, program 0: as a single note and as one of a whole dump.
Sent single_note(std::uint8_t kind) {
  return {kSysEx, kind, 0x7F, 8, 2, 0, 1, 69, 69, 0x40, 0, 0xF7};
}
Sent bulk_dump() {
  Sent dump = {kSysEx, 0x7E, 0x7F, 8, 1, 0};
  dump.insert(dump.end(), 16, ' ');
  for (std::uint8_t key = 0; key < 128; ++key)
    dump.insert(dump.end(), {key, static_cast<std::uint8_t>(key == 69 ? 0x40 : 0), 0});
  dump.insert(dump.end(), {0, 0xF7});
  return dump;
}

}  // namespace

TEST_CASE("bends: they are as wide as they say, to a cent, before a note and while it sounds") {
  struct Row {
    double semitones, widest;
  };
  for (const Row row : {Row{1.99, 2}, Row{-1, 2}, Row{6, 12}, Row{11.5, 12}, Row{-12, 12},
                        Row{23.76, 24}, Row{7.5, 48}}) {
    const double semitones = row.semitones, widest = row.widest;
    auto first = parameter(0, static_cast<int>(widest));
    if (widest == 2) first.clear();  // as it is after switching on
    const Sent bent = bend(semitones, widest);
    CAPTURE(semitones);
    CAPTURE(widest);
    CHECK(std::abs(cents_of(with(first, bent)) - 100 * semitones) < 1);
    CHECK(std::abs(cents_of(first, {bent}) - 100 * semitones) < 1);
  }
}

TEST_CASE("bends: RPN 0 has cents, and moves what is bent already") {
  const Sent half = {0xE0, 0, 0x60};
  CHECK(std::abs(cents_of(with(parameter(0, 2, 50), half)) - 125) < 1);
  CHECK(std::abs(cents_of({half}, parameter(0, 2, 50)) - 125) < 1);
  CHECK(std::abs(cents_of(with(parameter(0, 2, 50), half), {{0xB0, 121, 0}})) < 1);
}

TEST_CASE("bends: a drum is bent, but no tuning reaches it") {
  CHECK(std::abs(cents_of({{0xE9, 0, 0x60}}, {}, 9) - 100) < 1);
  CHECK(std::abs(cents_of({single_note(0x7F)}, {}, 9)) < 1);
}

TEST_CASE("tuning: RPN 1 and 2 move a channel by cents and semitones") {
  CHECK(std::abs(cents_of(parameter(1, 96, 0)) - 50) < 1);
  CHECK(std::abs(cents_of(parameter(1, 32, 64)) + 49.2) < 1);
  CHECK(std::abs(cents_of({}, parameter(2, 64 - 5)) + 500) < 1);
}

TEST_CASE("tuning: MTS notes and dumps of program 0 hold without RPN 3") {
  CHECK(std::abs(cents_of({single_note(0x7F)}) - 50) < 1);
  CHECK(std::abs(cents_of({single_note(0x7E)}) - 50) < 1);
  CHECK(std::abs(cents_of({bulk_dump()}) - 50) < 1);
  CHECK(std::abs(cents_of({bulk_dump()}, {}, 0, 70)) < 1);
  CHECK(std::abs(cents_of(with({single_note(0x7F)}, bend(-1, 2))) + 50) < 1);
}

TEST_CASE(
    "tuning: MTS programs are chosen by RPN 3, with what chooses before or after the tuning") {
  Sent of_five = single_note(0x7E);
  of_five[5] = 5;
  CHECK(std::abs(cents_of({of_five})) < 1);
  CHECK(std::abs(cents_of(with(parameter(3, 5), of_five)) - 50) < 1);
  auto after = parameter(3, 5);
  after.insert(after.begin(), of_five);
  CHECK(std::abs(cents_of(after) - 50) < 1);
}

TEST_CASE("tuning: MTS octaves; only real-time messages move what sounds") {
  Sent octave = {kSysEx, 0x7F, 0x7F, 8, 8, 3, 0x7F, 0x7F};
  for (int degree = 0; degree < 12; ++degree) octave.push_back(degree == 9 ? 64 - 50 : 64);
  octave.push_back(0xF7);
  CHECK(std::abs(cents_of({octave}) + 50) < 1);
  CHECK(std::abs(cents_of({}, {octave}) + 50) < 1);
  CHECK(std::abs(cents_of({}, {single_note(0x7F)}) - 50) < 1);
  CHECK(std::abs(cents_of({}, {single_note(0x7E)})) < 1);
}

TEST_CASE("bends: General MIDI on and the resets of GS and XG end them") {
  const std::vector<Sent> resets = {{kSysEx, 0x7E, 0x7F, 9, 1, 0xF7},
                                    {kSysEx, 0x7E, 0x7F, 9, 2, 0xF7},
                                    {kSysEx, 0x41, 0x10, 0x42, 0x12, 0x40, 0, 0x7F, 0, 0x41, 0xF7},
                                    {kSysEx, 0x43, 0x10, 0x4C, 0, 0, 0x7E, 0, 0xF7}};
  for (const Sent& reset : resets) {
    const auto before = with(with(parameter(0, 12), bend(6, 12)), reset);
    CHECK(std::abs(cents_of(before)) < 1);
    CHECK(std::abs(cents_of(with(before, bend(-1, 2))) + 100) < 1);
  }
}
