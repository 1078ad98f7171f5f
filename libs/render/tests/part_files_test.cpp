// SPDX-License-Identifier: MIT
#include <array>

#include <doctest/doctest.h>
#include <toccata/midi/read.hpp>
#include <toccata/midi/write.hpp>
#include <toccata/render/part_files.hpp>
#include <toccata/render/song.hpp>

using namespace toccata;
using namespace toccata::render;

namespace {

constexpr auto kRate = audio::SampleRate::literal(44100);
constexpr std::array<std::uint8_t, 3> kFast = {0x03, 0xD0, 0x90};  // 240 a minute
constexpr std::array<std::uint8_t, 4> kWaltz = {3, 2, 24, 8};

void add_note(midi::Track& track, std::int64_t at, int channel, std::uint8_t key) {
  const auto on = static_cast<std::uint8_t>(0x90 | channel);
  track.add(Tick(at), on, key, 90);
  track.add(Tick(at + 200), on, key, 0);
}

midi::Track named(std::string_view name) {
  midi::Track track;
  track.add_meta(Tick(0), midi::meta::kTrackName, as_bytes(name));
  return track;
}

/// A conductor who also sets a program for the second part, and two parts.
midi::File a_file() {
  midi::File file;
  midi::Track conductor = named("Song");
  conductor.add_meta(Tick(0), midi::meta::kMeter, kWaltz);
  conductor.add(Tick(0), 0xC1, 40);
  conductor.add_meta(Tick(480), midi::meta::kTempo, kFast);
  midi::Track melody = named("Melody"), bass = named("Bass");
  melody.add(Tick(0), 0xB0, 91, 127);
  melody.add(Tick(0), 0xE0, 0, 70);
  for (int i = 0; i < 4; ++i) add_note(melody, 480 * i, 0, static_cast<std::uint8_t>(60 + i));
  add_note(bass, 960, 1, 36);
  bass.set_end(Tick(4000));
  file.tracks = {conductor, melody, bass};
  return file;
}

/// What a part's file sounds as, beside what the whole file's part does: the send to the room
/// apart.
void check_same(const midi::File& file) {
  const auto song = make_song(file, kRate);
  REQUIRE(song);
  const auto parts = split_parts(file);
  REQUIRE(parts.size() == song->parts.size());
  for (std::size_t i = 0; i < parts.size(); ++i) {
    CHECK(parts[i].name == song->parts[i].name);
    const auto read = midi::read_midi(midi::write_midi(parts[i].file));
    REQUIRE(read);
    const auto alone = make_song(read->file, kRate);
    REQUIRE(alone);
    REQUIRE(alone->parts.size() == 1);
    CHECK(alone->end_frame == song->end_frame);
    std::vector<Message> wanted;
    for (const Message& message : song->parts[i].messages)
      if (message.kind() != 0xB0 || message.data1 != 91) wanted.push_back(message);
    const auto& found = alone->parts[0].messages;
    REQUIRE(found.size() == wanted.size());
    for (std::size_t j = 0; j < wanted.size(); ++j) {
      CHECK(found[j].frame == wanted[j].frame);
      CHECK(found[j].status == wanted[j].status);
      CHECK(found[j].data1 == wanted[j].data1);
      CHECK(found[j].data2 == wanted[j].data2);
    }
  }
}

}  // namespace

TEST_CASE(
    "split_parts: a part alone is as it is in the whole, tempo and others' messages included") {
  check_same(a_file());
}

TEST_CASE("split_parts: meter, tempo and the part's own events stand at their ticks") {
  const auto parts = split_parts(a_file());
  REQUIRE(parts.size() == 2);
  CHECK(parts[1].name == "Bass");
  const midi::Track& conductor = parts[1].file.tracks[0];
  REQUIRE(conductor.events().size() == 2);
  CHECK(conductor.events()[0].is_meta(midi::meta::kMeter));
  CHECK(conductor.events()[1].at == Tick(480));
  const midi::Track& bass = parts[1].file.tracks[1];
  CHECK(bass.events()[1].status == 0xC1);
}

TEST_CASE("split_parts: channels of a single track, and tracks one after the other") {
  midi::File one;
  midi::Track track = named("All");
  track.add(Tick(0), 0xC3, 12);
  add_note(track, 0, 3, 50);
  add_note(track, 400, 5, 70);
  one.tracks.push_back(track);
  check_same(one);
  midi::File after = a_file();
  after.format = midi::Format::Sequential;
  check_same(after);
}
