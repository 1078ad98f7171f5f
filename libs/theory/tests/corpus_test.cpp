// SPDX-License-Identifier: MIT
// Chord symbols of real lead sheets. Runs where the variable TOCCATA_DATA names a folder with the
// corpora jazz-harmony-treebank (commit 9a05701) and impro-visor (commit 550bbb5), unpacked; else
// says so.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <string>

#include <doctest/doctest.h>
#include <toccata/base/file.hpp>
#include <toccata/base/json.hpp>
#include <toccata/theory/chord.hpp>

using namespace toccata;

namespace {

std::filesystem::path corpus(const std::string& name) {
  const char* folder = std::getenv("TOCCATA_DATA");
  if (folder && std::filesystem::exists(std::filesystem::path(folder) / name))
    return std::filesystem::path(folder) / name;
  MESSAGE("skipped: TOCCATA_DATA names no folder with " << name);
  return {};
}

struct Count {
  int symbols = 0, read = 0;
  std::string refused;  ///< those not read, for a person
};

/// Reads each distinct symbol once, and holds that it prints and reads back.
Count count(const std::set<std::string>& symbols) {
  Count total;
  for (const auto& symbol : symbols) {
    ++total.symbols;
    const auto chord = parse_chord(symbol);
    if (!chord) {
      total.refused += " " + symbol;
      continue;
    }
    ++total.read;
    CAPTURE(symbol);
    CHECK(*parse_chord(to_string(*chord)) == *chord);
  }
  return total;
}

/// Words of a lead sheet outside its brackets that begin like a chord; melody notes are in lower
/// case.
void collect_sheet(std::string_view sheet, std::set<std::string>& symbols) {
  int depth = 0;
  std::string word;
  for (const char c : sheet) {
    if (c == '(') ++depth;
    const bool parts =
        c == '(' || c == ')' || c == '|' || c == ',' || static_cast<unsigned char>(c) <= ' ';
    if (!parts && depth == 0) word += c;
    if (parts) {
      if (!word.empty() && word[0] >= 'A' && word[0] <= 'G') symbols.insert(word);
      word.clear();
    }
    if (c == ')') depth = std::max(depth - 1, 0);
  }
}

}  // namespace

TEST_CASE("corpus: every chord symbol of the Jazz Harmony Treebank is read") {
  const auto folder = corpus("jazz-harmony-treebank");
  if (folder.empty()) return;
  const auto file = read_file(folder / "treebank.json");
  REQUIRE(file);
  const auto json = parse_json(as_text(*file));
  REQUIRE(json);
  std::set<std::string> symbols;
  for (const auto& tune : *json->array())
    for (const auto& chord : *tune.find("chords")->array()) symbols.insert(*chord.text());
  const Count total = count(symbols);
  MESSAGE(total.read << " of " << total.symbols << " symbols read; not:" << total.refused);
  CHECK(json->array()->size() == 1170);
  CHECK(total.symbols == 181);
  CHECK(total.read == 181);
}

TEST_CASE("corpus: the chord symbols of Impro-Visor's lead sheets are read") {
  const auto folder = corpus("impro-visor");
  if (folder.empty()) return;
  std::set<std::string> symbols;
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder / "leadsheets")) {
    std::string extension = entry.path().extension().string();
    for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    if (extension != ".ls") continue;
    const auto file = read_file(entry.path());
    REQUIRE(file);
    collect_sheet(as_text(*file), symbols);
    ++files;
  }
  const Count total = count(symbols);
  MESSAGE(total.read << " of " << total.symbols << " symbols read; not:" << total.refused);
  CHECK(files == 3022);
  CHECK(total.symbols == 1605);
  // Not read: two chords at once (A\F), a bass in small letters (Em7/d) or with an octave (Eb7/B6),
  // notes to the program (ABass, A7_), and the names phryg and 67.
  CHECK(total.read == 1566);
}
