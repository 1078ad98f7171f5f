// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cmath>
#include <map>

#include <doctest/doctest.h>

#include <toccata/midi/update.hpp>
#include <toccata/midi/write.hpp>

#include "fixture.hpp"
#include "scores.hpp"

using namespace toccata;
using namespace toccata::midi;
using namespace toccata::midi::fixture;

namespace {

File read(const Bytes& bytes) {
  const auto file = read_midi(bytes);
  REQUIRE(file);
  return file->file;
}

/// Two bars of a tune on channel 3 with a lyric, a pedal and an aftertouch between its notes.
File tune() {
  return read(
      join({header(1, 2, 96), track({0, 0xFF, 0x51, 3, 9, 0x27, 0xC0, 0, 0xFF, 6, 1, 'A'}),
            track({0,    0xFF, 3,   1,    'M',  0,  0xC2, 40,   0,  0x92, 60,   80, 0,  0xFF,
                   5,    2,    'l', 'a',  0x60, 60, 0,    0,    62, 80,   0x60, 62, 0,  0,
                   0xB2, 64,   99,  0,    0x92, 64, 80,   0x60, 64, 0,    0,    65, 80, 20,
                   0xD2, 9,    76,  0x92, 65,   0,  0,    67,   80, 0x81, 0x40, 67, 0})}));
}

File updated(const File& original, const Import& before, const Score& after,
             const Performance& performance) {
  const auto file = update(original, before, after, performance);
  REQUIRE(file);
  const auto again = read_midi(write_midi(*file));
  REQUIRE(again);
  CHECK(again->file == *file);
  return *file;
}

/// The events of a track that are not among those of another one, in order.
std::vector<Event> beyond(const Track& track, const Track& other) {
  std::vector<Event> found;
  auto next = other.events().begin();
  for (const Event& event : track.events()) {
    const bool is_same = next != other.events().end() && event.at == next->at &&
                         event.status == next->status && event.data1 == next->data1 &&
                         event.data2 == next->data2;
    if (is_same) ++next;
    else found.push_back(event);
  }
  CHECK(next == other.events().end());  // nothing is lost
  return found;
}

Note& add_note(Part& part, std::uint32_t id, std::int64_t onset, int pitch, double detune = 0) {
  Note note;
  note.id = NoteId(id);
  note.onset = Tick(onset);
  note.duration = Duration(48);
  note.pitch = *Pitch::from_number(pitch);
  note.detune = Cents(detune);
  part.notes.push_back(note);
  sort_notes(part.notes);
  return *std::ranges::find(part.notes, NoteId(id), &Note::id);
}

}  // namespace

TEST_CASE("update: where nothing changed the file is equal, and no provenance is added") {
  const File original = tune();
  const Import import = to_score(original);
  Score after = import.score;
  after.provenance.push_back({"0.1", "fill", "rules", 1, "", {}});
  CHECK(updated(original, import, after, import.performance) == original);
  CHECK(updated(original, import, after, Performance{{}, {}, import.performance.tempo}) !=
        original);
}

TEST_CASE("update: another velocity alone moves no event, no channel and no bend") {
  Score bent;
  bent.end = Tick(1920);
  Part& part = bent.parts.emplace_back();
  part.id = PartId(1);
  part.role = Role::Melody;
  for (std::uint32_t i = 0; i < 4; ++i)
    add_note(part, i + 1, 480 * i, 60 + 2 * static_cast<int>(i));
  part.notes[1].glide = Glide{Cents(-200), Duration(40)};
  part.notes[2].detune = Cents(-50);
  const auto file = from_score(bent, make_plain_performance(bent));
  REQUIRE(file);
  const File& original = *file;
  const Import import = to_score(original);
  REQUIRE(import.score.parts[0].notes[1].glide);
  Performance louder = import.performance;
  for (PlayedNote& note : louder.notes) note.velocity = Velocity::literal(99);
  const File after = updated(original, import, import.score, louder);
  REQUIRE(after.tracks.size() == original.tracks.size());
  for (std::size_t t = 0; t < original.tracks.size(); ++t) {
    const auto was = original.tracks[t].events(), is = after.tracks[t].events();
    REQUIRE(is.size() == was.size());
    for (std::size_t i = 0; i < was.size(); ++i) {
      CHECK(is[i].at == was[i].at);
      CHECK(is[i].status == was[i].status);
      CHECK(is[i].data1 == was[i].data1);
      if (!was[i].is_channel_message()) continue;
      CHECK(is[i].data2 == (was[i].is_note_on() ? 99 : was[i].data2));
    }
  }
}

TEST_CASE("update: a note that is gone loses its two events and nothing else") {
  const File original = tune();
  const Import import = to_score(original);
  Score after = import.score;
  after.parts[0].notes.erase(after.parts[0].notes.begin() + 1);
  const File file = updated(original, import, after, import.performance);
  CHECK(beyond(original.tracks[1], file.tracks[1]).size() == 2);
  CHECK(file.tracks[0] == original.tracks[0]);
}

TEST_CASE("update: a new note gains two events on its part's channel, and provenance beside it") {
  const File original = tune();
  const Import import = to_score(original);
  Score after = import.score;
  add_note(after.parts[0], 100, 96, 71);
  after.provenance.push_back({"0.1", "fill", "rules", 1, "", {}});
  const File file = updated(original, import, after, import.performance);
  const auto added = beyond(file.tracks[1], original.tracks[1]);
  REQUIRE(added.size() == 3);
  CHECK(added[0].is_meta(meta::kText));
  CHECK(added[0].at == Tick(96));
  CHECK(added[1].is_note_on());
  CHECK(added[1].channel() == 2);
  CHECK(added[2].is_note_off());
  CHECK(added[2].at == Tick(144));
  CHECK(file.tracks[1].end() == original.tracks[1].end());
  CHECK(to_score(file).score.provenance == after.provenance);
}

TEST_CASE("update: new note-offs stand before the note-ons of their tick") {
  const File original = tune();
  const Import import = to_score(original);
  Score after = import.score;
  add_note(after.parts[0], 100, 48, 60).duration = Duration(48);
  const File file = updated(original, import, after, import.performance);
  const auto events = file.tracks[1].events();
  const auto at_96 = std::ranges::find(events, Tick(96), &Event::at);
  CHECK(at_96->is_note_off());
}

TEST_CASE("update: notes behind the end move End of Track, in their track alone") {
  const File original = tune();
  const Import import = to_score(original);
  Score after = import.score;
  add_note(after.parts[0], 100, 2000, 71);
  const File file = updated(original, import, after, import.performance);
  CHECK(file.tracks[1].end() == Tick(2048));
  CHECK(file.tracks[0].end() == original.tracks[0].end());
}

TEST_CASE("update: a note played otherwise has its events replaced, the others stay") {
  const File original = tune();
  const Import import = to_score(original);
  Performance performance = import.performance;
  performance.notes[0].velocity = Velocity::literal(33);
  performance.notes[1].shift = Duration(5);
  const File file = updated(original, import, import.score, performance);
  const Import again = to_score(file);
  CHECK(again.performance.notes[0].velocity == Velocity::literal(33));
  CHECK(again.score.parts[0].notes[1].onset == Tick(101));
  CHECK(again.score.parts[0].notes[2] == import.score.parts[0].notes[2]);
  CHECK(file.tracks[1].events().size() == original.tracks[1].events().size());
}

TEST_CASE("update: controllers and tempo follow the performance") {
  const File original = tune();
  const Import import = to_score(original);
  Performance performance = import.performance;
  REQUIRE(performance.controls.size() == 1);
  performance.controls[0].value = ControlValue::literal(1);
  performance.tempo = TempoMap(
      import.score.ppq(), {{Tick(0), *Tempo::from_bpm(100)}, {Tick(96), *Tempo::from_bpm(90)}});
  const File file = updated(original, import, import.score, performance);
  CHECK(beyond(file.tracks[0], original.tracks[0]).size() == 1);  // 100 was there already
  const Import again = to_score(file);
  CHECK(again.performance.controls == performance.controls);
  CHECK(again.performance.tempo == performance.tempo);
}

TEST_CASE("update: a new part is a new track, whatever else stays equal") {
  const File original = tune();
  const Import import = to_score(original);
  Score after = import.score;
  Part bass{PartId(9), "Bass", Role::Bass, {Program::literal(33), false}, {}, std::nullopt};
  add_note(bass, 100, 0, 36);
  add_note(bass, 101, 96, 38, -50);
  after.parts.push_back(bass);
  after.provenance.push_back({"0.1", "accompany", "rules", 1, "", {}});
  const File file = updated(original, import, after, import.performance);
  REQUIRE(file.tracks.size() == 3);
  CHECK(file.tracks[0] == original.tracks[0]);
  CHECK(file.tracks[1] == original.tracks[1]);
  const Import again = to_score(file);
  REQUIRE(again.score.parts.size() == 2);
  CHECK(again.score.parts[1].name == "Bass");
  CHECK(again.score.parts[1].instrument.program == Program::literal(33));
  CHECK(again.score.parts[1].place->channel == Channel::literal(0));
  CHECK(again.score.parts[1].notes[1].detune == Cents(-50));
}

TEST_CASE("update: format 0 stays format 0 when a part joins") {
  const File original = read(file({0, 0x90, 60, 1, 96, 60, 0}));
  const Import import = to_score(original);
  Score after = import.score;
  Part part{PartId(2), "New", Role::Other, {Program::literal(50), false}, {}, std::nullopt};
  add_note(part, 50, 0, 40);
  after.parts.push_back(part);
  const File file = updated(original, import, after, import.performance);
  CHECK(file.format == Format::SingleTrack);
  CHECK(file.tracks.size() == 1);
  CHECK(beyond(file.tracks[0], original.tracks[0]).size() == 3);
  CHECK(to_score(file).score.parts.size() == 2);
}

TEST_CASE("update: a file whose channels are all used takes no further part") {
  Bytes all;
  for (int channel = 0; channel < 16; ++channel)
    all = join({all, bytes({0, 0x90 | channel, 60, 1, 9, 0x80 | channel, 60, 0})});
  const File original =
      read(join({header(1, 1, 96), chunk("MTrk", join({all, bytes({0, 0xFF, 0x2F, 0})}))}));
  const Import import = to_score(original);
  Score after = import.score;
  after.parts.push_back({PartId(99), "New", Role::Other, {}, {}, std::nullopt});
  const auto error = update(original, import, after, import.performance);
  REQUIRE_FALSE(error);
  CHECK(error.error().fault == WriteError::Fault::TooManyChannels);
}

TEST_CASE("update: film time and format 2 keep their own ticks") {
  const File original = read(join({header(2, 2, 0xE728), track({0, 0x90, 60, 1, 96, 60, 0}),
                                   track({0, 0x90, 62, 1, 96, 62, 0})}));
  const Import import = to_score(original);
  Score after = import.score;
  add_note(after.parts[1], 50, 96 + 10, 40);
  const File file = updated(original, import, after, import.performance);
  CHECK(file.division == original.division);
  CHECK(file.tracks[0] == original.tracks[0]);
  CHECK(beyond(file.tracks[1], original.tracks[1])[0].at == Tick(10));
}

namespace {

/// A tuned melody over a chord, as from_score writes it.
File tuned_file() {
  Score score = blank_score();
  add_part(score, "Melody", 73,
           {{0, 480, 62}, {480, 480, 64, -50}, {960, 480, 65, 30}, {1920, 480, 64, -50}});
  add_part(score, "Chords", 0, {{0, 1920, 50}, {0, 1920, 57}});
  const auto file = from_score(score, make_plain_performance(score));
  REQUIRE(file);
  return *file;
}

struct Tuned {
  std::int64_t onset;
  int pitch;
  double detune;
};
void check_tunings(const File& file, const std::vector<Tuned>& expected) {
  const Import again = to_score(file);
  REQUIRE(again.score.parts.size() == 2);
  const auto& notes = again.score.parts[0].notes;
  REQUIRE(notes.size() == expected.size());
  for (std::size_t i = 0; i < notes.size(); ++i) {
    CHECK(notes[i].onset == Tick(expected[i].onset));
    CHECK(notes[i].pitch.number() == expected[i].pitch);
    CHECK(std::fabs(notes[i].detune.value() - expected[i].detune) < 1);
  }
}

}  // namespace

TEST_CASE("update: tuned notes find a channel, and the notes after them keep their bends") {
  const File original = tuned_file();
  const Import import = to_score(original);
  REQUIRE(import.score.parts.size() == 2);
  Score after = import.score;
  auto& notes = after.parts[0].notes;
  notes.erase(notes.begin() + 2);
  add_note(after.parts[0], 50, 960, 66, -50);
  add_note(after.parts[0], 51, 1200, 67, 17);
  add_note(after.parts[0], 52, 1200, 69);
  const File file = updated(original, import, after, import.performance);
  check_tunings(
      file,
      {{0, 62, 0}, {480, 64, -50}, {960, 66, -50}, {1200, 67, 17}, {1200, 69, 0}, {1920, 64, -50}});
}

TEST_CASE("update: where tuned notes moved, their bends move with them") {
  const File original = tuned_file();
  const Import import = to_score(original);
  Performance performance = import.performance;
  for (PlayedNote& played : performance.notes)
    if (played.note.number() > 1) played.shift = Duration(-20);
  const File file = updated(original, import, import.score, performance);
  check_tunings(file, {{0, 62, 0}, {460, 64, -50}, {940, 65, 30}, {1900, 64, -50}});
}

namespace {

/// A note in tune in the first bar, a tuned one on the same channel in the second; `others` parts
/// on channels of their own.
File two_bars(int others) {
  Score score = blank_score();
  add_part(score, "Melody", 73, {{0, 480, 62}, {1920, 480, 64, -50}});
  for (int i = 0; i < others; ++i) add_part(score, "Other " + std::to_string(i), i, {{0, 240, 50}});
  const auto file = from_score(score, make_plain_performance(score));
  REQUIRE(file);
  return *file;
}

/// What is added where tuned notes fill the end of the first bar.
std::vector<Event> added_to_first_bar(const File& original) {
  const Import import = to_score(original);
  Score after = import.score;
  add_note(after.parts[0], 100, 960, 66, 17);
  add_note(after.parts[0], 101, 1440, 67, 30).duration = Duration(480);
  const auto file = update(original, import, after, import.performance, Tick(1920));
  REQUIRE(file);
  const Import again = to_score(*file);
  for (const Note& note : again.score.parts[0].notes) {
    const double expected = note.onset == Tick(960)    ? 17
                            : note.onset == Tick(1440) ? 30
                            : note.onset == Tick(1920) ? -50
                                                       : 0;
    CHECK(std::fabs(note.detune.value() - expected) < 1);
  }
  auto added = beyond(file->tracks[1], original.tracks[1]);
  for (const Event& event : added) CHECK(event.at <= Tick(event.is_note_off() ? 1920 : 1919));
  return added;
}

}  // namespace

TEST_CASE("update: bends of the file's channels are back before the edited region ends") {
  const auto added = added_to_first_bar(two_bars(1));
  std::vector<Event> bends;
  std::ranges::copy_if(added, std::back_inserter(bends),
                       [](const Event& e) { return e.kind() == status::kPitchBend; });
  REQUIRE(bends.size() == 3);
  CHECK(bends[0].channel() == bends[1].channel());  // bent for the first note, and back
  CHECK(bends[1].bend() == 0);
  // The second one sounds to the end: on a channel that the file never used nothing is undone.
  CHECK(bends[2].channel() != bends[0].channel());
  CHECK(added.back().at == Tick(1920));
}

TEST_CASE("update: where all channels are used, a tuned note ends before its bend is undone") {
  const auto added = added_to_first_bar(two_bars(14));
  REQUIRE(added.size() >= 2);
  const Event &off = added[added.size() - 2], &back = added.back();
  CHECK(off.is_note_off());
  CHECK(off.at == Tick(1919));
  CHECK(back.kind() == status::kPitchBend);
  CHECK(back.at == Tick(1919));
  CHECK(back.bend() == 0);
}

TEST_CASE("update: channels that the file never used are not bent back") {
  const File original = tune();
  const Import import = to_score(original);
  Score after = import.score;
  for (std::uint32_t i = 0; i < 4; ++i) add_note(after.parts[0], 100 + i, 100 + 8 * i, 71, 20);
  const File file = updated(original, import, after, import.performance);
  const auto added = beyond(file.tracks[1], original.tracks[1]);
  const auto bends = std::ranges::count_if(
      added, [](const Event& event) { return event.kind() == status::kPitchBend; });
  CHECK(bends == 1);  // the others stand at it
}

TEST_CASE(
    "update: a key that another track holds beyond the edited region ends no new note there") {
  const File original = read(join({header(1, 2, 96), track({0, 0x90, 60, 1, 96, 60, 0}),
                                   track({0, 0x90, 64, 1, 0x83, 0, 64, 0})}));
  const Import import = to_score(original);
  Score after = import.score;
  add_note(after.parts[0], 100, 120, 64);
  const auto file = update(original, import, after, import.performance, Tick(192));
  REQUIRE(file);
  CHECK(beyond(file->tracks[0], original.tracks[0]).back().at == Tick(192));
}

TEST_CASE("update: on a new channel a pedal is let go before the edited region ends") {
  Score score = blank_score();
  add_part(score, "Melody", 73, {{0, 480, 62}, {2400, 480, 64}});
  Performance pedalled = make_plain_performance(score);
  constexpr auto kSustain = Controller::literal(64);
  pedalled.controls = {{score.parts[0].id, Tick(240), kSustain, ControlValue::literal(127)},
                       {score.parts[0].id, Tick(2880), kSustain, ControlValue::literal(0)}};
  const auto original = from_score(score, pedalled);
  REQUIRE(original);
  const Import import = to_score(*original);
  Score after = import.score;
  add_note(after.parts[0], 100, 960, 66, 17).duration = Duration(960);  // tuned, to the end
  const auto file = update(*original, import, after, import.performance, Tick(1920));
  REQUIRE(file);
  std::map<int, int> pedal;  // by channel, as it stands at the end
  for (const Event& event : beyond(file->tracks[1], original->tracks[1]))
    if (event.kind() == status::kControl && event.data1 == 64) pedal[event.channel()] = event.data2;
  CHECK_FALSE(pedal.empty());
  for (const auto& [channel, value] : pedal) CHECK(value == 0);
}
