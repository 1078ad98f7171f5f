// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>

#include <toccata/learn/aligned.hpp>
#include <toccata/midi/export.hpp>
#include <toccata/midi/file.hpp>
#include <toccata/midi/write.hpp>

#include "scratch_folder.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

/// Onset and end in ticks of 480, at 120 quarters a minute, with pitch and velocity.
struct Struck {
  std::int64_t onset, end;
  int pitch, velocity;
};

std::string midi_of(const std::vector<Struck>& notes) {
  Score score;
  Performance performance = make_plain_performance(score);
  score.tempo = TempoMap(kComposedPpq, {{Tick(0), *Tempo::from_bpm(120)}});
  performance.tempo = score.tempo;
  Part part;
  part.id = PartId(1);
  part.name = "PIANO";
  std::uint32_t id = 0;
  for (const Struck& struck : notes) {
    Note note;
    note.id = NoteId(++id);
    note.onset = Tick(struck.onset);
    note.duration = Duration(struck.end - struck.onset);
    note.pitch = *Pitch::from_number(struck.pitch);
    score.end = std::max(score.end, note.end());
    part.notes.push_back(note);
    performance.notes.push_back(
        {note.id, {}, note.duration, Velocity::clamped(struck.velocity), {}});
  }
  sort_notes(part.notes);
  score.parts.push_back(part);
  const auto file = midi::from_score(score, performance);
  REQUIRE(file);
  return std::string(as_text(midi::write_midi(*file)));
}

/// Beats half a second apart from 0.1 s on, bars of `bar` beats from the second beat on.
std::string beats(int count, int bar) {
  std::string text;
  for (int i = 0; i < count; ++i)
    text += std::to_string(0.1 + 0.5 * i) + " 0.0 " + (i % bar == 1 ? "1.0" : "0.0") + "\n";
  return text;
}

/// The first song of the tree, read.
Result<AlignedPiece, DataError> read_first(const ScratchFolder& folder) {
  const auto tree = FileTree::open(folder.path());
  REQUIRE(tree);
  const auto entries = find_aligned(*tree);
  REQUIRE(entries);
  REQUIRE(!entries->empty());
  std::vector<DataError> faults;
  return read_aligned(*tree, entries->front(), faults);
}

constexpr std::int64_t kFirst = 96;  // 0.1 s

}  // namespace

TEST_CASE("POP909: onsets go to the beats' sixteenths or thirds, velocities stay") {
  const ScratchFolder folder;
  std::vector<Struck> notes;
  // The second beat and its third sixteenth, late by little; then thirds of the fifth.
  notes.push_back({kFirst + 480 + 10, kFirst + 960, 60, 90});
  notes.push_back({kFirst + 480 + 243, kFirst + 960, 64, 50});
  for (int k = 0; k < 3; ++k)
    notes.push_back(
        {kFirst + 4 * 480 + 160 * k + 3, kFirst + 4 * 480 + 160 * k + 100, 67 + k, 70 + k});
  folder.add("001/001.mid", midi_of(notes));
  folder.add("001/beat_midi.txt", beats(16, 4));
  const auto piece = read_first(folder);
  REQUIRE(piece);
  const auto placed = piece->order->notes();
  REQUIRE(placed.size() == 5);
  CHECK(piece->order->onset(0) == doctest::Approx(0));
  CHECK(piece->order->onset(1) == doctest::Approx(0.5));
  for (int k = 0; k < 3; ++k)
    CHECK(piece->order->onset(static_cast<std::size_t>(2 + k)) == doctest::Approx(3 + k / 3.0));
  CHECK(piece->order->duration(0) == doctest::Approx(1));
  REQUIRE(piece->performances.size() == 1);
  const AlignedPerformance& performance = piece->performances[0];
  CHECK(performance.velocities == std::vector<float>{90, 50, 70, 71, 72});
  CHECK(performance.times.onset[0] == doctest::Approx(0.1 + 0.5 + 10 / 960.0));
  CHECK(performance.played == 5);
  // Bars are those of the annotations: the second beat begins one.
  CHECK(piece->score->meter.weight_at(placed[0].note->onset) == 1);
  CHECK(piece->score->tempo.tempo_at(Tick(0)).bpm() == doctest::Approx(120).epsilon(0.001));
}

TEST_CASE("POP909: notes before the first bar line have a bar, bars are as long as annotated") {
  const ScratchFolder folder;
  folder.add("001/001.mid", midi_of({{kFirst, kFirst + 400, 60, 80},
                                     {kFirst + 480, kFirst + 900, 62, 80},
                                     {kFirst + 480 * 4, kFirst + 480 * 5, 64, 80}}));
  folder.add("001/beat_midi.txt", beats(16, 3));
  const auto piece = read_first(folder);
  REQUIRE(piece);
  CHECK(piece->order->onset(0) == doctest::Approx(3));
  const MeterMap& meter = piece->score->meter;
  CHECK(meter.weight_at(piece->order->notes()[1].note->onset) == 1);
  CHECK(meter.weight_at(piece->order->notes()[2].note->onset) == 1);
  CHECK(meter.meter_at(piece->order->notes()[2].note->onset).pulses() == 3);
}

TEST_CASE("POP909: of two notes on one place and key the first counts") {
  const ScratchFolder folder;
  folder.add("001/001.mid",
             midi_of({{kFirst, kFirst + 20, 60, 80}, {kFirst + 30, kFirst + 480, 60, 40}}));
  folder.add("001/beat_midi.txt", beats(16, 4));
  const auto piece = read_first(folder);
  REQUIRE(piece);
  REQUIRE(piece->order->notes().size() == 1);
  CHECK(piece->performances[0].insertions == 1);
  CHECK(piece->performances[0].velocities[0] == 80);
}

TEST_CASE("POP909: songs have the side of data/pop909_split.csv, unknown ones none") {
  const ScratchFolder folder;
  for (const char* song : {"001", "002", "027", "998"}) {
    folder.add(std::string(song) + "/" + song + ".mid", midi_of({{0, 480, 60, 80}}));
    folder.add(std::string(song) + "/beat_midi.txt", beats(16, 4));
  }
  folder.add("003/003.mid", midi_of({{0, 480, 60, 80}}));  // no beats: no score can be made
  const auto tree = FileTree::open(folder.path());
  REQUIRE(tree);
  const auto entries = find_aligned(*tree);
  REQUIRE(entries);
  REQUIRE(entries->size() == 4);
  CHECK((*entries)[0].split == Split::Train);
  CHECK((*entries)[1].split == Split::Validation);
  CHECK((*entries)[2].split == Split::Test);
  CHECK(!(*entries)[3].split);
}

TEST_CASE("POP909: beats that are none are refused with the line") {
  const std::pair<const char*, const char*> cases[] = {
      {"0.1 0.0 1.0\n0.1 0.0 0.0\n", "line 2"},
      {"0.1 0.0\n", "line 1"},
      {"one 0 0\n", "line 1"},
      {"0.1 0 1\n0.2 0 0\n", "at least 8"},
      {"nan 0 1\n", "line 1"},
      {"", "at least 8"},
      {"1e300 0 1\n", "line 1"},
      {"1000 0 1\n1000.000000000001 0 0\n", "line 2"}};
  for (const auto& [text, says] : cases) {
    const ScratchFolder folder;
    folder.add("001/001.mid", midi_of({{0, 480, 60, 80}}));
    folder.add("001/beat_midi.txt", text);
    const auto piece = read_first(folder);
    REQUIRE(!piece);
    CHECK(describe(piece.error()).find(says) != std::string::npos);
    CHECK(describe(piece.error()).find("beat_midi.txt") != std::string::npos);
  }
}
