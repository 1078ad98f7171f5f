// SPDX-License-Identifier: MIT
#include "scores.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <doctest/doctest.h>
#include <toccata/midi/export.hpp>
#include <toccata/midi/read.hpp>
#include <toccata/midi/write.hpp>

using namespace toccata;
using namespace toccata::midi;
using namespace toccata::midi::fixture;

namespace {

File written(const Score& score, const Performance& performance,
             Microtones microtones = Microtones::ChannelRotation) {
  const auto file = from_score(score, performance, {microtones});
  REQUIRE(file);
  const auto again = read_midi(write_midi(*file));
  REQUIRE(again);
  REQUIRE(again->file == *file);
  return *file;
}
File written(const Score& score, Microtones microtones = Microtones::ChannelRotation) {
  return written(score, make_plain_performance(score), microtones);
}

/// Every event of a file in order of time, in file order at one tick.
std::vector<Event> merged(const File& file) {
  std::vector<Event> events;
  for (const Track& track : file.tracks)
    events.insert(events.end(), track.events().begin(), track.events().end());
  std::ranges::stable_sort(events, {}, &Event::at);
  return events;
}

/// Checks that no bend changes under a sounding note (but one alone on its channel, when allowed),
/// and gives for each note struck its key and bend.
std::vector<std::pair<int, int>> bends_of_notes(const File& file) {
  std::map<int, int> bend, sounding;
  std::vector<std::pair<int, int>> notes;
  for (const Event& event : merged(file)) {
    if (!event.is_channel_message()) continue;
    const int channel = event.channel();
    if (event.kind() == status::kPitchBend) {
      CHECK(sounding[channel] == 0);
      bend[channel] = event.bend();
    } else if (event.is_note_on()) {
      ++sounding[channel];
      notes.emplace_back(event.data1, bend[channel]);
    } else if (event.is_note_off()) {
      --sounding[channel];
    }
  }
  return notes;
}

std::string text_of(const Track& track, const Event& event) {
  return std::string(as_text(track.payload(event)));
}
std::vector<std::string> texts(const Track& track, std::uint8_t type) {
  std::vector<std::string> found;
  for (const Event& event : track.events())
    if (event.is_meta(type)) found.push_back(text_of(track, event));
  return found;
}

}  // namespace

TEST_CASE("from_score: the first track has what the conductor knows, and no notes") {
  Score score = blank_score();
  add_part(score, "Melody", 73, {{0, 480, 72}});
  score.title = "Tune";
  score.keys = {{Tick(0), *parse_key("D minor"), ""}};
  score.sections = {{Tick(0), "A"}, {Tick(1920), "A'"}};
  score.chords = {{Tick(0), *parse_chord("Dm7")}};
  score.provenance = {{"0.1", "compose", "rules", 7, "", {}}};
  const File file = written(score);
  CHECK(file.format == Format::Simultaneous);
  CHECK(file.division == Division(kComposedPpq));
  REQUIRE(file.tracks.size() == 2);
  const Track& conductor = file.tracks[0];
  CHECK(texts(conductor, meta::kTrackName) == std::vector<std::string>{"Tune"});
  CHECK(texts(conductor, meta::kMarker) == std::vector<std::string>{"A", "A'"});
  CHECK(texts(conductor, meta::kText) ==
        std::vector<std::string>{to_text(score.provenance[0]), "chord: Dm7"});
  CHECK(texts(conductor, meta::kTempo) == std::vector<std::string>{"\x09\x27\xC0"});
  CHECK(texts(conductor, meta::kMeter) == std::vector<std::string>{"\x04\x02\x18\x08"});
  CHECK(texts(conductor, meta::kKey) == std::vector<std::string>{std::string("\xFF\x01")});
  CHECK(count_notes(File{file.format, file.division, {conductor}, {}, {}, {}}) == 0);
  CHECK(conductor.end() == score.end);
}

TEST_CASE("from_score: a maqam and a mode are told in words beside the key event") {
  Score score = blank_score();
  score.keys = {{Tick(0), *parse_key("D minor"), "bayati"},
                {Tick(1920), *parse_key("D dorian"), ""}};
  CHECK(texts(written(score).tracks[0], meta::kText) ==
        std::vector<std::string>{"key: D minor; maqam bayati", "key: D dorian"});
}

TEST_CASE("from_score: each part's track has its name and program at tick 0, drums channel 10") {
  Score score = blank_score();
  add_part(score, "Melody", 73, {{480, 480, 72}});
  add_part(score, "Drums", 8, {{0, 120, 36}}, true);
  add_part(score, "Riq", 0, {{0, 120, 54}}, true);
  for (int i = 0; i < 10; ++i) add_part(score, "More", i, {{0, 480, 60 + i}});
  const File file = written(score);
  REQUIRE(file.tracks.size() == 14);
  for (std::size_t i = 0; i < score.parts.size(); ++i) {
    const Track& track = file.tracks[i + 1];
    const auto events = track.events();
    CHECK(events[0].is_meta(meta::kTrackName));
    CHECK(text_of(track, events[0]) == score.parts[i].name);
    CHECK(events[1].kind() == status::kProgram);
    CHECK(events[1].at == Tick(0));
    for (const Event& event : events)
      if (event.is_channel_message())
        CHECK((event.channel() == 9) == score.parts[i].instrument.is_drums);
  }
  CHECK(file.tracks[3].events()[1].data1 == 8);  // one channel, one kit
}

TEST_CASE(
    "from_score: note-offs come before note-ons at a tick, and repeats end what they repeat") {
  Score score = blank_score();
  add_part(score, "Melody", 0, {{0, 480, 60}, {480, 480, 60}, {480, 480, 64}});
  Performance performance = make_plain_performance(score);
  performance.notes[0].sounding = Duration(700);
  performance.notes[1].velocity = Velocity::literal(127);
  performance.notes[1].release = ControlValue::literal(3);
  const File file = written(score, performance);
  const auto events = file.tracks[1].events();
  REQUIRE(events.size() == 8);
  CHECK(events[3].is_note_off());
  CHECK(events[3].at == Tick(480));
  CHECK(events[3].data2 == 64);
  CHECK(events[4].data2 == 127);
  CHECK(events[6].data2 == 3);
}

TEST_CASE("from_score: a note played before the beginning sounds at 0") {
  Score score = blank_score();
  add_part(score, "Melody", 0, {{0, 480, 60}});
  Performance performance = make_plain_performance(score);
  performance.notes[0].shift = Duration(-30);
  CHECK(written(score, performance).tracks[1].events()[2].at == Tick(0));
}

TEST_CASE("from_score: controllers go to every channel of their part, bank before program") {
  Score score = blank_score();
  const PartId id = add_part(score, "Melody", 5, {{0, 480, 60}, {0, 480, 64, -50}}).id;
  Performance performance = make_plain_performance(score);
  performance.controls = {{id, Tick(0), Controller::literal(7), ControlValue::literal(99)},
                          {id, Tick(0), Controller::literal(0), ControlValue::literal(1)}};
  const File file = written(score, performance);
  const auto events = file.tracks[1].events();
  CHECK(events[1].data1 == 0);
  CHECK(events[1].channel() == 0);
  CHECK(events[2].channel() == 1);
  CHECK(events[3].kind() == status::kProgram);
  CHECK(std::ranges::count_if(events, [](const Event& e) {
          return e.is_channel_message() && e.kind() == status::kControl && e.data1 == 7;
        }) == 2);
}

TEST_CASE("from_score: quarter-tones sound within a cent, and touch no other note") {
  Score score = blank_score();
  add_part(score, "Melody", 73,
           {{0, 480, 62}, {480, 480, 64, -50}, {480, 960, 69}, {960, 480, 65, 33.3}});
  add_part(score, "Bass", 32, {{0, 1920, 38}});
  const File file = written(score);
  const auto notes = bends_of_notes(file);
  REQUIRE(notes.size() == 5);
  for (const auto& [key, bend] : notes) {
    const double cents = key == 64 ? -50 : key == 65 ? 33.3 : 0;
    CHECK(std::fabs(bend * 200.0 / 8192 - cents) < 1);
  }
}

TEST_CASE("from_score: only channels with bent notes get a bend range") {
  Score score = blank_score();
  add_part(score, "Melody", 73, {{0, 480, 64, -50}});
  add_part(score, "Bass", 32, {{0, 1920, 38}});
  const File file = written(score);
  const auto has_rpn = [](const Track& track) {
    return std::ranges::any_of(track.events(), [](const Event& e) {
      return e.is_channel_message() && e.kind() == status::kControl && e.data1 == 101;
    });
  };
  CHECK(has_rpn(file.tracks[1]));
  CHECK_FALSE(has_rpn(file.tracks[2]));
}

TEST_CASE("from_score: a glide bends under its own note alone and arrives in time") {
  Score score = blank_score();
  Part& part = add_part(score, "Lead", 30, {{0, 960, 60}, {0, 960, 67}, {960, 480, 62}});
  part.notes[0].glide = Glide{Cents(-200), Duration(240)};
  const auto events = merged(written(score));
  int bent_channel = -1, last = 0;
  Tick arrived;
  for (const Event& e : events) {
    if (!e.is_channel_message() || e.kind() != status::kPitchBend) continue;
    CHECK((bent_channel == -1 || bent_channel == e.channel()));
    bent_channel = e.channel();
    last = e.bend();
    arrived = e.at;
  }
  CHECK(last == 0);
  CHECK(arrived == Tick(240));
  for (const Event& e : events)
    if (e.is_channel_message() && e.is_note_on() && e.data1 == 67)
      CHECK(e.channel() != bent_channel);
}

TEST_CASE("from_score: wide detuning widens the bend range; past 48 semitones it is an error") {
  Score score = blank_score();
  Part& part = add_part(score, "Lead", 30, {{0, 960, 60, 700}});
  const auto notes = bends_of_notes(written(score));
  CHECK(std::fabs(notes[0].second * 1200.0 / 8192 - 700) < 1);
  part.notes[0].detune = Cents(4801);
  const auto error = from_score(score, make_plain_performance(score));
  REQUIRE_FALSE(error);
  CHECK(error.error().fault == WriteError::Fault::BendTooWide);
}

TEST_CASE("from_score: more than 15 parts share channels by program, or it is a clear error") {
  Score score = blank_score();
  for (int i = 0; i < 20; ++i) add_part(score, "Part", i % 10, {{0, 480, 40 + i}});
  CHECK(written(score).tracks.size() == 21);
  Score wide = blank_score();
  for (int i = 0; i < 17; ++i) add_part(wide, "Part", i, {{0, 480, 40 + i}});
  const auto error = from_score(wide, make_plain_performance(wide));
  REQUIRE_FALSE(error);
  CHECK(error.error().needed == 17);
  CHECK(describe(error.error()).find("17") != std::string::npos);
}

TEST_CASE("from_score: MPE gives each sounding note a member channel of its own") {
  Score score = blank_score();
  add_part(score, "Pad", 90, {{0, 960, 60}, {0, 960, 64, -14}, {480, 960, 67}});
  const File file = written(score, Microtones::Mpe);
  bends_of_notes(file);
  std::map<int, int> sounding;
  for (const Event& e : merged(file)) {
    if (!e.is_channel_message()) continue;
    if (e.is_note_on()) {
      CHECK(e.channel() > 0);
      CHECK(sounding[e.channel()]++ == 0);
    } else if (e.is_note_off()) {
      --sounding[e.channel()];
    }
  }
  add_part(score, "Two", 0, {});
  add_part(score, "Three", 0, {});
  CHECK_FALSE(from_score(score, make_plain_performance(score), {Microtones::Mpe}));
}

TEST_CASE("from_score: MTS retunes a key before it sounds, and refuses two tunings at once") {
  Score score = blank_score();
  Part& part = add_part(score, "Oud", 24, {{0, 480, 64, -50}, {480, 480, 64}});
  const File file = written(score, Microtones::Mts);
  std::vector<Bytes> tunings;
  for (const Event& e : file.tracks[1].events())
    if (e.status == status::kSysEx)
      tunings.emplace_back(file.tracks[1].payload(e).begin(), file.tracks[1].payload(e).end());
  REQUIRE(tunings.size() == 2);
  CHECK(tunings[0] == Bytes{0x7F, 0x7F, 8, 2, 0, 1, 64, 63, 64, 0, 0xF7});
  CHECK(tunings[1] == Bytes{0x7F, 0x7F, 8, 2, 0, 1, 64, 64, 0, 0, 0xF7});
  part.notes[1].onset = Tick(240);
  const auto error = from_score(score, make_plain_performance(score), {Microtones::Mts});
  REQUIRE_FALSE(error);
  CHECK(error.error().fault == WriteError::Fault::TuningConflict);
}

TEST_CASE("from_score: carried events come back in the track and on the channels of their part") {
  Score score = blank_score();
  Part& part = add_part(score, "Voice", 53, {{0, 480, 60}});
  part.place = FilePlace{3, Channel::literal(7)};
  score.carried = {{3, Tick(240), {0xFF, 0x05, 2, 'l', 'a'}},
                   {3, Tick(240), {0xD7, 55}},
                   {0, Tick(0), {0xFF, 0x02, 1, 'c'}},
                   {3, Tick(0), {0xFF, 0x21, 1, 0}},
                   {3, Tick(0), {0x12}}};
  const File file = written(score);
  CHECK(texts(file.tracks[0], meta::kCopyright).size() == 1);
  CHECK(texts(file.tracks[1], meta::kLyric) == std::vector<std::string>{"la"});
  CHECK(texts(file.tracks[1], meta::kPort).empty());
  const auto pressure = std::ranges::find(file.tracks[1].events(), 0xD7, &Event::status);
  CHECK(pressure != file.tracks[1].events().end());
}
