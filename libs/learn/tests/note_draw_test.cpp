// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <algorithm>

#include <toccata/learn/note_sample.hpp>
#include <toccata/midi/write.hpp>

#include "scratch_folder.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

constexpr std::uint64_t kSeed = 42;

/// A file of so many notes, each a step higher, louder and longer than the one before.
std::string midi_of(int notes) {
  midi::File file;
  midi::Track& track = file.tracks.emplace_back();
  for (int i = 0; i < notes; ++i) {
    const auto pitch = static_cast<std::uint8_t>(30 + i % 60);
    track.add(Tick{i * 100}, midi::status::kNoteOn, pitch, static_cast<std::uint8_t>(20 + i % 100));
    track.add(Tick{i * 100 + 50 + i % 40}, midi::status::kNoteOn, pitch, 0);
  }
  const Bytes bytes = midi::write_midi(file);
  return std::string(as_text(bytes));
}

/// Ten files of 100 notes, one of nine, one of none and one that is broken.
struct Corpus {
  ScratchFolder folder;
  FileTree tree;
  std::vector<std::string> files;

  Corpus() : tree(made(folder)), files(tree.names()) {}
  static FileTree made(const ScratchFolder& folder) {
    for (int i = 0; i < 10; ++i) folder.add("n" + std::to_string(i) + ".mid", midi_of(100));
    folder.add("few.mid", midi_of(9));
    folder.add("none.mid", midi_of(0));
    folder.add("torn.mid", midi_of(50).substr(0, 60));
    return *FileTree::open(folder.path());
  }
};

NoteSample drawn(const Corpus& corpus, std::size_t wanted, std::size_t batch, unsigned threads) {
  NoteDraw draw(corpus.files, wanted, kSeed);
  while (draw.done() < draw.files()) draw.read_next(corpus.tree, batch, threads);
  auto sample = draw.finish();
  if (!sample) FAIL(describe(sample.error()));
  return *std::move(sample);
}

Bytes bytes_of(const NoteSample& sample) { return ml::write_weights(pack_sample(sample)); }

}  // namespace

TEST_CASE("NoteDraw: files are counted, and those not read are named with their fault") {
  const Corpus corpus;
  const SampleCounts counts = drawn(corpus, 5000, 4, 1).counts;
  CHECK(counts.files == 13);
  CHECK(counts.too_short == 1);
  CHECK(counts.without == 1);
  CHECK(counts.notes == 1000);
  REQUIRE(counts.broken.size() == 1);
  CHECK(counts.broken[0].file == "torn.mid");
  CHECK_FALSE(counts.broken[0].fault.empty());
}

TEST_CASE("NoteDraw: the draw depends neither on threads nor on batches") {
  const Corpus corpus;
  const Bytes expected = bytes_of(drawn(corpus, 300, 1, 1));
  CHECK(bytes_of(drawn(corpus, 300, 5, 3)) == expected);
  CHECK(bytes_of(drawn(corpus, 300, 100, 2)) == expected);
}

TEST_CASE("NoteDraw: broken off anywhere and gone on with, it draws the same") {
  const Corpus corpus;
  const Bytes expected = bytes_of(drawn(corpus, 300, 4, 1));
  for (const std::size_t until : {0, 1, 6, 13}) {
    NoteDraw first(corpus.files, 300, kSeed);
    first.read_next(corpus.tree, until, 1);
    const auto read = ml::read_weights(ml::write_weights(first.save()));
    REQUIRE(read.has_value());
    auto second = NoteDraw::load(*read, corpus.files, 300, kSeed);
    if (!second) FAIL(describe(second.error()));
    second->read_next(corpus.tree, 100, 1);
    CHECK(bytes_of(*second->finish()) == expected);
  }
}

TEST_CASE("NoteDraw: a checkpoint of another draw is refused") {
  const Corpus corpus;
  const ml::Weights saved = NoteDraw(corpus.files, 300, kSeed).save();
  CHECK_FALSE(NoteDraw::load(saved, corpus.files, 300, kSeed + 1).has_value());
  CHECK_FALSE(NoteDraw::load(saved, corpus.files, 301, kSeed).has_value());
  CHECK_FALSE(NoteDraw::load(saved, {"n1.mid"}, 300, kSeed).has_value());
}

TEST_CASE("NoteDraw: as many notes as wanted, each of them as likely, one in five for the test") {
  const Corpus corpus;
  const NoteSample sample = drawn(corpus, 500, 4, 1);
  CHECK(sample.rows() == 500);
  CHECK(sample.side(true).size() == 100);
  CHECK(sample.side(false).size() == 400);
  // Half of the notes: early and late ones come about equally often.
  std::size_t early = 0;
  for (const float place : sample.features.column(4)) early += place < 0.5F;
  CHECK(early > 200);
  CHECK(early < 300);
  NoteDraw other(corpus.files, 500, kSeed + 1);
  other.read_next(corpus.tree, 100, 1);
  CHECK(bytes_of(*other.finish()) != bytes_of(sample));
}

TEST_CASE("NoteDraw: targets are clipped, inputs are not") {
  const Corpus corpus;
  const NoteSample sample = drawn(corpus, 5000, 4, 1);
  for (std::size_t i = 0; i < sample.rows(); ++i) {
    CHECK(sample.features.column(6)[i] < 100);
    CHECK(sample.duration[i] == 100);
  }
}

TEST_CASE("NoteDraw: too few notes are refused with what was found") {
  const Corpus corpus;
  NoteDraw draw({"few.mid", "none.mid", "torn.mid"}, 100, kSeed);
  draw.read_next(corpus.tree, 100, 1);
  const auto sample = draw.finish();
  REQUIRE_FALSE(sample.has_value());
  CHECK(sample.error().what.find("of 3 files 1 are broken") != std::string::npos);
}

TEST_CASE("draw_files: so many, in their order, and others for another seed") {
  std::vector<std::string> names;
  for (int i = 100; i < 300; ++i) names.push_back(std::to_string(i));
  const auto some = draw_files(names, 50, kSeed);
  CHECK(some.size() == 50);
  CHECK(std::is_sorted(some.begin(), some.end()));
  CHECK(draw_files(names, 50, kSeed) == some);
  CHECK(draw_files(names, 50, kSeed + 1) != some);
  CHECK(draw_files(names, 200, kSeed) == names);
}

TEST_CASE("unpack_sample undoes pack_sample, and refuses what is missing") {
  const Corpus corpus;
  const NoteSample sample = drawn(corpus, 300, 4, 1);
  const ml::Weights packed = pack_sample(sample);
  const auto again = unpack_sample(packed);
  REQUIRE(again.has_value());
  CHECK(bytes_of(*again) == bytes_of(sample));
  for (std::size_t i = 0; i < packed.tensors.size(); ++i) {
    ml::Weights without = packed;
    without.tensors.erase(without.tensors.begin() + static_cast<std::ptrdiff_t>(i));
    CHECK_FALSE(unpack_sample(without).has_value());
  }
}

TEST_CASE("read_given_rows: a table's split is taken, velocities outside are clipped and counted") {
  ScratchFolder folder;
  const std::string header =
      "pitch,pitch_interval,prev_pitch,next_pitch,seq_pos,local_density,duration,velocity,"
      "duration_clipped,is_test\n";
  folder.add("rows.csv", header +
                             "60,0,60,62,0,13,50,10,100,0\n62,2,60,64,0.5,13,150,64,150,1\n"
                             "64,2,62,64,1,13,5,64,100,0\n64,2,62,64,1,13,5,64,100,1\n");
  const auto sample = read_given_rows(folder.path() / "rows.csv");
  if (!sample) FAIL(describe(sample.error()));
  CHECK(sample->side(true) == std::vector<std::size_t>{1, 3});
  CHECK(sample->velocity == std::vector<float>{20, 64, 64, 64});
  CHECK(sample->counts.clipped_velocities == 1);
  folder.add("half.csv", header + "60,0,60,62,0,13,50,30,100,0.5\n");
  CHECK(describe(read_given_rows(folder.path() / "half.csv").error())
            .ends_with("line 2: is_test must be 0 or 1"));
  folder.add("one.csv", header + "60,0,60,62,0,13,50,30,100,0\n");
  CHECK(describe(read_given_rows(folder.path() / "one.csv").error())
            .ends_with("at least two rows with is_test 0 are needed"));
}
