// SPDX-License-Identifier: MIT
#include "fake_backend.hpp"

#include <array>

#include <doctest/doctest.h>
#include <toccata/render/song.hpp>

using namespace toccata;
using namespace toccata::render;
using test::make_track;

namespace {

constexpr auto kRate = audio::SampleRate::literal(48000);

midi::Track tempo_track(std::initializer_list<std::pair<int, std::int32_t>> changes) {
  midi::Track track;
  for (const auto& [tick, micros] : changes) {
    const std::array<std::uint8_t, 3> bytes = {static_cast<std::uint8_t>(micros >> 16),
                                               static_cast<std::uint8_t>(micros >> 8 & 0xFF),
                                               static_cast<std::uint8_t>(micros & 0xFF)};
    track.add_meta(Tick(tick), midi::meta::kTempo, bytes);
  }
  return track;
}

std::vector<std::size_t> onsets(const SongPart& part) {
  std::vector<std::size_t> frames;
  for (const Message& message : part.messages)
    if (message.kind() == 0x90 && message.data2 > 0) frames.push_back(message.frame);
  return frames;
}

}  // namespace

TEST_CASE("song: without a tempo a quarter lasts half a second") {
  midi::File file;
  file.tracks = {make_track("A", 0, 3)};
  CHECK(onsets(make_song(file, kRate)->parts.at(0)) == std::vector<std::size_t>{0, 24000, 48000});
}

TEST_CASE("song: the tempo of any track moves every track, also within a piece") {
  midi::File file;
  file.tracks = {tempo_track({{0, 1'000'000}, {480, 250'000}}), make_track("A", 0, 3)};
  CHECK(onsets(make_song(file, kRate)->parts.at(0)) == std::vector<std::size_t>{0, 48000, 60000});
}

TEST_CASE("song: ticks of film frames pass without regard to tempo") {
  midi::File file;
  file.division = *midi::Division::from_word(0xE700 | 40);  // 25 frames of 40 ticks: 1 ms
  file.tracks = {tempo_track({{0, 1'000'000}}), make_track("A", 0, 2)};
  CHECK(onsets(make_song(file, kRate)->parts.at(0)) == std::vector<std::size_t>{0, 23040});
}

TEST_CASE("song: the end is the last track's end, not the last note's") {
  midi::File file;
  file.tracks = {make_track("A", 0, 1)};
  file.tracks[0].set_end(Tick(960));
  CHECK(make_song(file, kRate)->end_frame == 48000);
}

TEST_CASE("song: a controller in one track works in every part on its channel, a note does not") {
  midi::File file;
  midi::Track conductor;
  conductor.add(Tick(0), midi::status::kControl | 3, 7, 90);
  conductor.add(Tick(0), midi::status::kProgram | 5, 40);
  file.tracks = {conductor, make_track("A", 3, 1), make_track("B", 3, 1), make_track("C", 4, 1)};
  const auto song = make_song(file, kRate);
  REQUIRE(song->parts.size() == 3);
  CHECK(song->parts[0].messages.size() == 3);
  CHECK(song->parts[0].messages[0].kind() == 0xB0);
  CHECK(song->parts[1].messages.size() == 3);
  CHECK(song->parts[2].messages.size() == 2);
}

TEST_CASE("song: tracks on two ports do not share channels") {
  midi::File file;
  midi::Track other;
  other.add_meta(Tick(0), midi::meta::kPort, std::array<std::uint8_t, 1>{1});
  other.add(Tick(0), midi::status::kControl | 0, 7, 90);
  file.tracks = {make_track("A", 0, 1), other};
  CHECK(make_song(file, kRate)->parts.at(0).messages.size() == 2);
}

TEST_CASE("song: a file of one track has a part for each channel") {
  midi::File file;
  file.format = midi::Format::SingleTrack;
  file.tracks = {make_track("All", 0, 1)};
  file.tracks[0].add(Tick(500), midi::status::kNoteOn | 9, 36, 80);
  const auto song = make_song(file, kRate);
  REQUIRE(song->parts.size() == 2);
  CHECK(song->parts[0].name == "All");
  CHECK(song->parts[1].name == "All 2");
}

TEST_CASE("song: the tracks of a file of format 2 come one after the other") {
  midi::File file;
  file.format = midi::Format::Sequential;
  file.tracks = {make_track("A", 0, 2), make_track("B", 0, 1)};
  const auto song = make_song(file, kRate);
  const std::size_t first_end = 480 * 2 - 80;
  CHECK(onsets(song->parts.at(1)) == std::vector<std::size_t>{first_end * 50});
}

TEST_CASE("song: a system message reaches every part, without its closing byte") {
  midi::File file;
  file.tracks = {make_track("A", 0, 1), make_track("B", 1, 1), midi::Track()};
  file.tracks[2].add_sysex(Tick(0), midi::status::kSysEx,
                           std::array<std::uint8_t, 5>{0x7E, 0x7F, 0x09, 0x01, 0xF7});
  const auto song = make_song(file, kRate);
  for (const SongPart& part : song->parts) {
    REQUIRE(part.messages[0].sysex != nullptr);
    CHECK(*part.messages[0].sysex == Bytes{0x7E, 0x7F, 0x09, 0x01});
  }
}

TEST_CASE("song: no note, too many parts and over an hour are refused") {
  midi::File file;
  CHECK(make_song(file, kRate).error().fault == sound::Fault::Silent);
  file.tracks.assign(kMostParts + 1, make_track("A", 0, 1));
  CHECK(make_song(file, kRate).error().fault == sound::Fault::BadMidi);
  file.tracks = {make_track("A", 0, 1)};
  file.tracks[0].set_end(Tick(std::int64_t{480} * 2 * 3601));
  CHECK(make_song(file, kRate).error().fault == sound::Fault::TooLong);
  file.tracks[0].set_end(Tick(std::int64_t{1} << 50));
  CHECK(make_song(file, kRate).error().fault == sound::Fault::TooLong);
}
