// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <toccata/learn/aligned.hpp>
#include <toccata/perform/targets.hpp>

#include "scratch_folder.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

constexpr int kHalves = 8;

/// Half notes C in 4/4: every other beat has no onset.
std::string page() {
  std::string text =
      "<score-partwise version=\"3.1\"><part-list><score-part id=\"P1\"><part-name>Piano"
      "</part-name></score-part></part-list><part id=\"P1\">";
  for (int half = 0; half < kHalves; ++half) {
    if (half % 2 == 0) text += fmt::format("<measure number=\"{}\">", half / 2 + 1);
    if (half == 0)
      text +=
          "<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type>"
          "</time></attributes>";
    text += fmt::format(
        "<note id=\"n{}\"><pitch><step>C</step><octave>4</octave></pitch><duration>2</duration>"
        "<voice>1</voice><type>half</type></note>",
        half);
    if (half % 2 == 1) text += "</measure>";
  }
  return text + "</part></score-partwise>";
}

void add_number(std::string& out, std::uint32_t value) {
  if (value > 0x7F) {
    if (value > 0x3FFF) out += static_cast<char>(0x80 | value >> 14);
    out += static_cast<char>(0x80 | (value >> 7 & 0x7F));
  }
  out += static_cast<char>(value & 0x7F);
}

struct Struck {
  std::uint32_t at;  ///< ticks
  int pitch;
};
/// One note after the other, at half a second a quarter of 480.
std::string recording(const std::vector<Struck>& notes) {
  std::string track;
  std::uint32_t now = 0;
  for (const Struck& note : notes) {
    add_number(track, note.at - now);
    track += {'\x90', static_cast<char>(note.pitch), '\x40'};
    add_number(track, 480);
    track += {'\x80', static_cast<char>(note.pitch), '\0'};
    now = note.at + 480;
  }
  track += std::string("\0\xFF\x2F\0", 4);
  std::string file("MThd\0\0\0\x06\0\0\0\x01\x01\xE0MTrk\0\0", 20);
  file += static_cast<char>(track.size() >> 8);
  file += static_cast<char>(track.size() & 0xFF);
  return file + track;
}
/// Middle C again and again, `ticks` apart.
std::string recording(std::uint32_t ticks) {
  std::vector<Struck> notes;
  for (std::uint32_t half = 0; half < kHalves; ++half) notes.push_back({half * ticks, 60});
  return recording(notes);
}

void add_table(const ScratchFolder& folder) {
  folder.add("metadata.csv",
             "composer,title,xml_score,midi_score,midi_performance,note_alignments,"
             "performance_annotations,midi_score_annotations\n"
             "Bach,Fugue_bwv_846,a/score.musicxml,a/score.mid,a/P.mid,a/P_align.tsv,"
             "a/P_beats.txt,a/score_beats.txt\n");
}

/// A set of one piece, played evenly at 0.6 seconds a quarter but that the beats are marked as
/// told.
void add_set(const ScratchFolder& folder, const std::string& marked) {
  folder.add("a/score.musicxml", page());
  folder.add("a/score.mid", recording(960));
  folder.add("a/P.mid", recording(1152));
  std::string alignment = "xml_id\tperf_idx\tpitch\n", score_beats;
  for (int half = 0; half < kHalves; ++half) alignment += fmt::format("n{0}-1\t{0}\t60\n", half);
  for (int beat = 0; beat < 2 * kHalves; ++beat)
    score_beats += fmt::format("{0}\t{0}\tb\n", 0.5 * beat);
  folder.add("a/P_align.tsv", alignment);
  folder.add("a/score_beats.txt", score_beats);
  folder.add("a/P_beats.txt", marked);
  add_table(folder);
}

constexpr int kQuarters = 64, kApart = 32;
/// A melody of quarters, played evenly at 0.6 seconds each but for the fortieth, which lasts twice
/// as long. From its half on the score as MIDI comes three eighths later than the page.
void add_set_that_moves_apart(const ScratchFolder& folder) {
  constexpr std::array kSteps{0, 2, 4, 5, 7, 9, 11};
  std::string text =
      "<score-partwise version=\"3.1\"><part-list><score-part id=\"P1\"><part-name>Piano"
      "</part-name></score-part></part-list><part id=\"P1\">";
  std::string alignment = "xml_id\tperf_idx\tpitch\n", score_beats, beats;
  std::vector<Struck> score, played;
  for (int i = 0; i < kQuarters; ++i) {
    const int step = i * i % 7, octave = 3 + i * 5 % 3;
    if (i % 4 == 0) text += fmt::format("<measure number=\"{}\">", i / 4 + 1);
    if (i == 0) text += "<attributes><divisions>1</divisions></attributes>";
    text += fmt::format(
        "<note id=\"n{}\"><pitch><step>{}</step><octave>{}</octave></pitch><duration>1</duration>"
        "<voice>1</voice></note>",
        i, "CDEFGAB"[step], octave);
    if (i % 4 == 3) text += "</measure>";
    const int pitch = 12 * (octave + 1) + kSteps[static_cast<std::size_t>(step)];
    const int late = i > 40 ? 576 : 0;
    score.push_back({static_cast<std::uint32_t>(i * 480 + (i < kApart ? 0 : 720)), pitch});
    played.push_back({static_cast<std::uint32_t>(i * 576 + late), pitch});
    alignment += fmt::format("n{0}-1\t{0}\t{1}\n", i, pitch);
    score_beats += fmt::format("{0}\t{0}\tb\n", score.back().at / 960.0);
    beats += fmt::format("{0}\t{0}\tb\n", played.back().at / 960.0);
    if (i + 1 != kApart) continue;
    score_beats += fmt::format("{}\t\tb\n{}\t\tb\n", 0.5 * kApart, 0.5 * (kApart + 1));
    beats += "18.8\t\tb\n19\t\tb\n";
  }
  folder.add("a/score.musicxml", text + "</part></score-partwise>");
  folder.add("a/score.mid", recording(score));
  folder.add("a/P.mid", recording(played));
  folder.add("a/P_align.tsv", alignment);
  folder.add("a/score_beats.txt", score_beats);
  folder.add("a/P_beats.txt", beats);
  add_table(folder);
}

AlignedPiece read_set(const ScratchFolder& folder, std::vector<DataError>& faults) {
  const auto tree = FileTree::open(folder.path());
  REQUIRE(tree.has_value());
  const auto entries = find_aligned(*tree);
  REQUIRE(entries.has_value());
  REQUIRE(entries->size() == 1);
  auto piece = read_aligned(*tree, entries->front(), faults);
  REQUIRE(piece.has_value());
  REQUIRE(piece->performances.size() == 1);
  return *std::move(piece);
}

std::vector<float> slowness_in(const ScratchFolder& folder) {
  std::vector<DataError> faults;
  const AlignedPiece piece = read_set(folder, faults);
  CHECK(faults.empty());
  const auto beats = beats_of(*piece.order);
  return beat_slowness(*piece.order, beats, piece.performances[0].times);
}

}  // namespace

TEST_CASE("read_aligned: notes are found by their ids, and times by the recording") {
  const ScratchFolder folder;
  add_set(folder, "");
  std::vector<DataError> faults;
  const AlignedPiece piece = read_set(folder, faults);
  CHECK(faults.empty());
  CHECK(piece.performances[0].played == kHalves);
  CHECK(piece.performances[0].times.onset[1] == doctest::Approx(1.2));
  CHECK(piece.performances[0].velocities[3] == 64);
  CHECK(piece.performances[0].times.beats.empty());
}

TEST_CASE("read_aligned: a marked beat tells of tempo where no note does") {
  const ScratchFolder unmarked;
  add_set(unmarked, "");
  for (const float value : slowness_in(unmarked)) CHECK(std::isnan(value));
  std::string marks;
  for (int beat = 0; beat < 2 * kHalves; ++beat)
    marks += fmt::format("{0}\t{0}\tb\n", 0.6 * beat + (beat > 4 ? 0.6 : 0));
  const ScratchFolder marked;
  add_set(marked, marks);
  const auto slowness = slowness_in(marked);
  REQUIRE(slowness.size() == kHalves);
  CHECK(slowness[0] == doctest::Approx(0));
  CHECK(slowness[2] == doctest::Approx(1));  // the fifth beat lasts twice as long
  CHECK(slowness[3] == doctest::Approx(0));
}

TEST_CASE("read_aligned: marks that are no times, or not as many as the score's, are left out") {
  for (const std::string wrong :
       {"0\t0\tdb\nx\tx\tb\n", "0\t0\tdb\n0\t0\tb\n", "nan\n", "1e300\n"}) {
    const ScratchFolder folder;
    add_set(folder, wrong);
    std::vector<DataError> faults;
    const AlignedPiece piece = read_set(folder, faults);
    CHECK(piece.performances[0].times.beats.empty());
    REQUIRE(faults.size() == 1);
    CHECK(describe(faults[0]).find("P_beats.txt") != std::string::npos);
  }
  const ScratchFolder few;
  add_set(few, "0\t0\tdb\n0.6\t0.6\tb\n");
  std::vector<DataError> faults;
  CHECK(read_set(few, faults).performances[0].times.beats.empty());
  CHECK(faults.empty());
}

TEST_CASE("read_midi_score: notes and marks are found where MIDI and page have moved apart") {
  const ScratchFolder folder;
  add_set_that_moves_apart(folder);
  std::vector<DataError> faults;
  const AlignedPiece page = read_set(folder, faults);
  CHECK(faults.empty());
  const auto tree = FileTree::open(folder.path());
  const auto midi = read_midi_score(*tree, find_aligned(*tree)->front(), page);
  REQUIRE(midi.has_value());
  const PlayedTimes &on_page = page.performances[0].times, &in_midi = midi->performances[0].times;
  REQUIRE(on_page.beats.size() == kQuarters);
  REQUIRE(in_midi.beats.size() == kQuarters + 2);  // two that the page has not
  for (std::size_t i = 0; i < kQuarters; ++i) {
    CHECK(in_midi.onset[i] == on_page.onset[i]);
    const auto quarter = static_cast<double>(i);
    CHECK(on_page.beats[i].quarter == doctest::Approx(quarter));
    const PlayedBeat& other = in_midi.beats[i < kApart ? i : i + 2];
    CHECK(other.quarter == doctest::Approx(i < kApart ? quarter : quarter + 1.5));
    CHECK(on_page.beats[i].seconds == other.seconds);
  }
  const auto beats = beats_of(*page.order);
  const auto slowness = beat_slowness(*page.order, beats, on_page);
  for (std::size_t i = 0; i + 1 < kQuarters; ++i)
    CHECK(slowness[i] == doctest::Approx(i == 40 ? 1 : 0));
}

TEST_CASE("read_midi_score: other music is not the same score") {
  const ScratchFolder folder;
  add_set_that_moves_apart(folder);
  folder.add("a/score.mid", recording(480));
  std::vector<DataError> faults;
  const AlignedPiece page = read_set(folder, faults);
  const auto tree = FileTree::open(folder.path());
  CHECK_FALSE(read_midi_score(*tree, find_aligned(*tree)->front(), page));
  CHECK(page.performances[0].times.beats.empty());
}
