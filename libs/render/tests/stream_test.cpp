// SPDX-License-Identifier: MIT
#include "fake_backend.hpp"

#include <array>

#include <doctest/doctest.h>
#include <toccata/render/stream.hpp>

using namespace toccata;
using namespace toccata::render;

namespace {

constexpr auto kRate = audio::SampleRate::literal(48000);

void add_tempo(midi::Track& track, int tick, std::int32_t micros) {
  const std::array<std::uint8_t, 3> bytes = {static_cast<std::uint8_t>(micros >> 16),
                                             static_cast<std::uint8_t>(micros >> 8 & 0xFF),
                                             static_cast<std::uint8_t>(micros & 0xFF)};
  track.add_meta(Tick(tick), midi::meta::kTempo, bytes);
}
void add_meter(midi::Track& track, int tick, std::uint8_t pulses, std::uint8_t power) {
  track.add_meta(Tick(tick), midi::meta::kMeter, std::array<std::uint8_t, 4>{pulses, power, 24, 8});
}

}  // namespace

TEST_CASE("stream: a later track's program and note end come before an earlier track's note") {
  midi::File file;
  file.tracks.resize(2);
  file.tracks[0].add(Tick(480), 0x90, 60, 100);
  file.tracks[0].add(Tick(960), 0x80, 60, 0);
  file.tracks[1].add(Tick(0), 0x90, 60, 100);
  file.tracks[1].add(Tick(480), 0x80, 60, 0);
  file.tracks[1].add(Tick(480), 0xC0, 5);
  std::vector<int> statuses;
  const auto stream = make_stream(file, kRate);
  for (const Message& message : stream->messages) statuses.push_back(message.status);
  CHECK(statuses == std::vector<int>{0x90, 0x80, 0xC0, 0x90, 0x80});
}

TEST_CASE("stream: a note of no length is begun before it is ended") {
  midi::File file;
  file.tracks.resize(1);
  file.tracks[0].add(Tick(0), 0x90, 60, 100);
  file.tracks[0].add(Tick(0), 0x80, 60, 0);
  const auto stream = make_stream(file, kRate);
  CHECK(stream->messages[0].status == 0x90);
  CHECK(stream->messages[1].status == 0x80);
}

TEST_CASE("stream: position follows tempo and meter as a host tells them") {
  midi::File file;
  file.tracks.resize(1);
  midi::Track& track = file.tracks[0];
  add_tempo(track, 0, 1'000'000);  // a quarter a second
  add_meter(track, 0, 3, 2);
  track.add(Tick(0), 0x90, 60, 100);
  track.add(Tick(960), 0x80, 60, 0);
  add_meter(track, 3 * 480, 6, 3);
  add_tempo(track, 3 * 480, 500'000);
  const auto stream = make_stream(file, kRate);
  const Position before = stream->position_at(2 * 48000);
  CHECK(before.quarter == doctest::Approx(2));
  CHECK(before.bar == 0);
  CHECK(before.pulses == 3);
  CHECK(before.tempo_bpm == doctest::Approx(60));
  const Position after = stream->position_at(5 * 48000);  // 2 s at two quarters a second later
  CHECK(after.quarter == doctest::Approx(7));
  CHECK(after.bar_quarter == doctest::Approx(6));
  CHECK(after.bar == 2);
  CHECK(after.unit == 8);
  CHECK(stream->position_at(3 * 48000).bar == 1);  // on the bar line itself
}

TEST_CASE("stream: sequences of format 2 follow one another, position included") {
  midi::File file;
  file.format = midi::Format::Sequential;
  file.tracks = {test::make_track("A", 0, 1), test::make_track("B", 0, 1)};
  const auto stream = make_stream(file, kRate);
  const std::size_t first_end = stream->end_frame / 2;
  CHECK(stream->messages.at(2).frame == first_end);
  CHECK(stream->position_at(first_end).quarter ==
        doctest::Approx(static_cast<double>(first_end) / 24000));
}

TEST_CASE("stream: music without a note is refused") {
  midi::File file;
  file.tracks.resize(1);
  file.tracks[0].add(Tick(0), 0xC0, 5);
  CHECK(make_stream(file, kRate).error().fault == sound::Fault::Silent);
}
