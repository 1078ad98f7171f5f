// SPDX-License-Identifier: MIT
// Walks every MIDI file of the corpora: what is read and written back is equal, its score is valid
// and goes back into it unchanged.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/midi/read.hpp>
#include <toccata/midi/update.hpp>
#include <toccata/midi/write.hpp>

using namespace toccata;
namespace fs = std::filesystem;

namespace {

struct Counts {  // of one data set
  int read = 0, repaired = 0, refused = 0;
  std::size_t notes = 0, tuned = 0;
  friend bool operator==(const Counts&, const Counts&) = default;
};
std::ostream& operator<<(std::ostream& out, const Counts& c) {
  return out << c.read << " read, " << c.repaired << " repaired, " << c.refused << " refused; "
             << c.notes << " notes, " << c.tuned << " of them tuned";
}

/// What each data set holds; those that are broken are so on purpose.
const std::map<std::string, Counts> kExpected{
    {"asap", {1193, 0, 0, 3'900'643, 0}},           {"groove", {1150, 0, 0, 446'312, 0}},
    {"hydrogen-patterns", {267, 0, 0, 3'962, 0}},   {"lmms-demos", {30, 0, 0, 113'067, 0}},
    {"midi-parser-tests", {88, 40, 30, 19'705, 0}}, {"mozart-dice", {178, 0, 0, 2'838, 0}},
    {"musicxml-tests", {5, 0, 0, 1'261, 0}},        {"nottingham", {2783, 0, 0, 642'822, 0}},
    {"pop909", {818, 0, 0, 1'378'545, 262}},        {"supra", {448, 0, 0, 1'738'163, 0}},
    {"symbtr", {2200, 0, 0, 759'858, 655'580}}};

bool is_midi_name(const fs::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension == ".mid" || extension == ".midi" || extension == ".kar" || extension == ".rmi";
}

void check_score(const midi::File& file, Counts& counts) {
  const midi::Import import = midi::to_score(file);
  CHECK_FALSE(validate(import.score));
  CHECK(import.links.notes.size() == midi::count_notes(file));
  const auto same = midi::update(file, import, import.score, import.performance);
  REQUIRE(same);
  CHECK(*same == file);
  counts.notes += import.links.notes.size();
  for (const Part& part : import.score.parts)
    counts.tuned += static_cast<std::size_t>(
        std::ranges::count_if(part.notes, [](const Note& note) { return note.detune != Cents(); }));
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
  check_score(read->file, counts);
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
    const std::string& name = set;
    INFO(name);
    if (const auto expected = kExpected.find(set); expected != kExpected.end())
      CHECK(count == expected->second);
  }
}
