// SPDX-License-Identifier: MIT
// Updates with tuned notes, and the end of the region that was edited.
#include "updates.hpp"

#include <cmath>
#include <map>

using namespace toccata;
using namespace toccata::midi;
using namespace toccata::midi::fixture;

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
