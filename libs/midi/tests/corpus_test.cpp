// SPDX-License-Identifier: MIT
// Walks every MIDI file of the corpora: what is read and written back is equal.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/midi/read.hpp>
#include <toccata/midi/write.hpp>

using namespace toccata;
namespace fs = std::filesystem;

namespace {

struct Counts {  // of one data set
  int read = 0, repaired = 0, refused = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
};
std::ostream& operator<<(std::ostream& out, const Counts& c) {
  return out << c.read << " read, " << c.repaired << " repaired, " << c.refused << " refused";
}

/// What each data set holds; those that are broken are so on purpose.
const std::map<std::string, Counts> kExpected{{"asap", {1193}},
                                              {"groove", {1150}},
                                              {"hydrogen-patterns", {267}},
                                              {"lmms-demos", {30}},
                                              {"midi-parser-tests", {88, 40, 30}},
                                              {"mozart-dice", {178}},
                                              {"musicxml-tests", {5}},
                                              {"nottingham", {2783}},
                                              {"pop909", {818}},
                                              {"supra", {448}},
                                              {"symbtr", {2200}}};

bool is_midi_name(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".mid" || extension == ".midi" || extension == ".kar" || extension == ".rmi";
}

void check_file(const fs::path& path, Counts& counts) {
  INFO(path.string());
  const auto content = read_file(path);
  REQUIRE(content);
  auto read = midi::read_midi(*content);
  if (!read) {
    read = midi::read_midi(*content, midi::Repair::Lenient);
    ++(read ? counts.repaired : counts.refused);
    if (!read) return;
  } else {
    ++counts.read;
  }
  const auto again = midi::read_midi(midi::write_midi(read->file));
  REQUIRE(again);
  CHECK(again->file == read->file);
}

}  // namespace

TEST_CASE("read_midi and write_midi: every file of the corpora is read and written back equal") {
  const char* data = std::getenv("TOCCATA_DATA");
  if (data == nullptr) {
    MESSAGE("skipped: TOCCATA_DATA is not set");
    return;
  }
  std::map<std::string, Counts> counts;
  for (const auto& entry : fs::recursive_directory_iterator(data))
    if (entry.is_regular_file() && is_midi_name(entry.path()))
      check_file(entry.path(), counts[fs::relative(entry.path(), data).begin()->string()]);
  for (const auto& [set, count] : counts) {
    std::cout << set << ": " << count << "\n";
    INFO(set);
    const auto expected = kExpected.find(set);
    REQUIRE(expected != kExpected.end());
    CHECK(count == expected->second);
  }
}
