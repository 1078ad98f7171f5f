// SPDX-License-Identifier: MIT
#include <doctest/doctest.h>

#include <toccata/learn/collection.hpp>

#include "scratch_folder.hpp"

using namespace toccata;
using namespace toccata::learn;

namespace {

Collection collection_of(const ScratchFolder& folder) {
  const auto tree = FileTree::open(folder.path());
  REQUIRE(tree.has_value());
  auto found = find_recordings(*tree);
  if (!found) FAIL(describe(found.error()));
  return *std::move(found);
}

std::string fault_of(const ScratchFolder& folder) {
  const auto found = find_recordings(*FileTree::open(folder.path()));
  REQUIRE_FALSE(found.has_value());
  return describe(found.error());
}

const std::vector<Recording> kTwo{{"2004/a.midi", "Bach/Fugue", Split::Train},
                                  {"2006/b.midi", "Liszt/Waltz, \"Mephisto\"", Split::Test}};

}  // namespace

TEST_CASE("find_recordings: MAESTRO's table gives compositions and its own split") {
  ScratchFolder folder;
  folder.add("2004/a.midi", "");
  folder.add("2006/b.midi", "");
  SUBCASE("as CSV") {
    folder.add(
        "maestro-v3.0.0.csv",
        "canonical_composer,canonical_title,split,year,midi_filename,audio_filename,duration\n"
        "Liszt,\"Waltz, \"\"Mephisto\"\"\",test,2006,2006/b.midi,2006/b.wav,3.5\n"
        "Bach,Fugue,train,2004,2004/a.midi,2004/a.wav,2.5\n");
  }
  SUBCASE("as JSON of columns, v3") {
    folder.add("maestro-v3.0.0.json",
               R"({"canonical_composer":{"0":"Liszt","1":"Bach"},)"
               R"("canonical_title":{"0":"Waltz, \"Mephisto\"","1":"Fugue"},)"
               R"("split":{"0":"test","1":"train"},"year":{"0":2006,"1":2004},)"
               R"("midi_filename":{"0":"2006/b.midi","1":"2004/a.midi"}})");
  }
  SUBCASE("as JSON of objects, v2") {
    folder.add("maestro-v2.0.0.json",
               R"([{"canonical_composer":"Liszt","canonical_title":"Waltz, \"Mephisto\"",)"
               R"("split":"test","midi_filename":"2006/b.midi"},)"
               R"({"canonical_composer":"Bach","canonical_title":"Fugue",)"
               R"("split":"train","midi_filename":"2004/a.midi"}])");
  }
  const Collection found = collection_of(folder);
  CHECK(found.layout == Layout::Maestro);
  CHECK(found.recordings == kTwo);
}

TEST_CASE("find_recordings: a set in a folder of its own below the root is found") {
  ScratchFolder folder;
  folder.add("maestro-v2.0.0/2004/a.midi", "");
  folder.add(
      "maestro-v2.0.0/maestro-v2.0.0.csv",
      "canonical_composer,canonical_title,split,midi_filename\nBach,Fugue,train,2004/a.midi\n"
      "Bach,Gone,train,2004/gone.midi\n");
  const Collection found = collection_of(folder);
  CHECK(found.recordings.at(0).file == "maestro-v2.0.0/2004/a.midi");
  CHECK(found.missing == std::vector<std::string>{"maestro-v2.0.0/2004/gone.midi"});
}

TEST_CASE("find_recordings: ASAP's split is by composition, whatever repeats are played") {
  ScratchFolder folder;
  for (const char* name : {"Schumann/Toccata/x.mid", "Schumann/Toccata_repeat/y.mid", "New/z.mid"})
    folder.add(name, "");
  folder.add("metadata.csv",
             "composer,title,folder,midi_performance\n"
             "Schumann,Toccata,Schumann/Toccata,Schumann/Toccata/x.mid\n"
             "Schumann,Toccata_repeat,Schumann/Toccata_repeat,Schumann/Toccata_repeat/y.mid\n"
             "Nobody,New,New,New/z.mid\n");
  const Collection found = collection_of(folder);
  CHECK(found.layout == Layout::Asap);
  REQUIRE(found.recordings.size() == 3);
  CHECK_FALSE(found.recordings[0].split.has_value());
  CHECK(found.recordings[1].composition == found.recordings[2].composition);
  CHECK(found.recordings[1].split.has_value());
  CHECK(found.recordings[1].split == found.recordings[2].split);
}

TEST_CASE("find_recordings: Groove, POP909 and any folder of MIDI are told apart") {
  ScratchFolder groove, pop, any;
  groove.add("d1/a.mid", "");
  groove.add("info.csv", "drummer,style,midi_filename,split\nd1,rock,d1/a.mid,validation\n");
  CHECK(collection_of(groove).recordings.at(0) ==
        Recording{"d1/a.mid", "d1/a.mid", Split::Validation});
  pop.add("POP909/001/001.mid", "");
  pop.add("POP909/002/002.mid", "");
  pop.add("POP909/002/versions/v.mid", "");
  CHECK(collection_of(pop).layout == Layout::Pop909);
  CHECK(collection_of(pop).recordings.size() == 2);
  CHECK(collection_of(pop).recordings.at(1).composition == "002");
  any.add("lmd/f/0/x.mid", "");
  any.add("lmd/f/0/Y.MIDI", "");
  any.add("lmd/readme.txt", "");
  CHECK(collection_of(any).layout == Layout::Folder);
  CHECK(collection_of(any).recordings.size() == 2);
}

TEST_CASE("find_recordings: what cannot be used is refused, naming what and where") {
  ScratchFolder empty, torn, lost;
  CHECK(fault_of(empty).ends_with("holds no MIDI file (.mid, .midi, .kar)"));
  torn.add("maestro-v3.0.0.csv", "canonical_composer,canonical_title,split,midi_filename\na,b\n");
  CHECK(fault_of(torn) == "maestro-v3.0.0.csv: line 2: 2 fields, but the first row has 4");
  lost.add("maestro-v3.0.0.json", R"([{"canonical_composer":"Liszt"}])");
  CHECK(fault_of(lost) == "maestro-v3.0.0.json: recording 1: \"canonical_title\" must be a text");
  CHECK_FALSE(FileTree::open(empty.path() / "none").has_value());
}
