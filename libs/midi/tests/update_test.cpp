// SPDX-License-Identifier: MIT
#include "updates.hpp"

using namespace toccata;
using namespace toccata::midi;
using namespace toccata::midi::fixture;

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
