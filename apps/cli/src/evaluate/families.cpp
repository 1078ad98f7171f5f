// SPDX-License-Identifier: MIT
#include "families.hpp"

#include <algorithm>
#include <map>

#include <toccata/base/csv.hpp>
#include <toccata/base/file.hpp>

namespace toccata::cli {
namespace {

constexpr Family kFamilies[] = {
    {"asap", "asap", "midi_score.mid", Layout::TwoTracks, "CC BY-NC-SA 4.0"},
    {"nottingham", "nottingham/MIDI", ".mid", Layout::TwoTracks, "GPL-3.0"},
    {"nottingham waltzes", "nottingham/MIDI", "waltzes", Layout::TwoTracks, "GPL-3.0"},
    {"pop909", "pop909", ".mid", Layout::PopTracks, "MIT (the arrangements)"},
    {"symbtr", "symbtr/midi", ".mid", Layout::MelodyAlone, "CC BY-NC-SA 4.0"},
    {"lmms-demos", "lmms-demos/midi", ".mid", Layout::ByRole, "free licences, by song"},
    {"openewld jazz", "openewld-midi", "jazz/", Layout::ByRole, "MIT (the edition)"},
    {"openewld blues", "openewld-midi", "blues/", Layout::ByRole, "MIT (the edition)"},
    {"openewld", "openewld-midi", ".mid", Layout::ByRole, "MIT (the edition)"},
    {"groove rock", "groove", "_rock", Layout::DrumTake, "CC BY 4.0"},
    {"groove jazz", "groove", "_jazz", Layout::DrumTake, "CC BY 4.0"},
    {"groove funk", "groove", "_funk", Layout::DrumTake, "CC BY 4.0"},
    {"groove latin", "groove", "_latin", Layout::DrumTake, "CC BY 4.0"},
    {"groove hiphop", "groove", "_hiphop", Layout::DrumTake, "CC BY 4.0"},
    {"groove", "groove", ".mid", Layout::DrumTake, "CC BY 4.0"},
};

constexpr Counterparts kCounterparts[] = {
    {"arabic", "symbtr", "pop909", "pop909", "groove",
     "melody: Turkish makam; chords, bass and drums: none of the kind, nearest in ensemble"},
    {"blues", "openewld blues", "pop909", "pop909", "groove rock",
     "chords and bass: pop piano; drums: rock, there being four takes of blues"},
    {"bossa", "openewld", "pop909", "pop909", "groove latin",
     "melody: songs of all kinds; chords and bass: pop piano"},
    {"chiptune", "lmms-demos", "lmms-demos", "lmms-demos", "lmms-demos", ""},
    {"cinematic", "asap", "asap", "asap", nullptr, "nearest: classical piano"},
    {"classical", "asap", "asap", "asap", nullptr, "right hand's top line; left hand"},
    {"electronic", "lmms-demos", "lmms-demos", "lmms-demos", "lmms-demos", ""},
    {"folk", "nottingham", "nottingham", "nottingham", nullptr, ""},
    {"funk", "pop909", "pop909", "pop909", "groove funk", "pitched parts: pop songs"},
    {"jazz", "openewld jazz", "pop909", "pop909", "groove jazz", "chords and bass: pop piano"},
    {"lofi", "pop909", "pop909", "pop909", "groove hiphop", "pitched parts: pop songs"},
    {"reggae", "pop909", "pop909", "pop909", "groove",
     "pitched parts: pop songs; drums: all styles, there being few takes of reggae"},
    {"rock", "pop909", "pop909", "pop909", "groove rock", "pitched parts: pop songs"},
    {"waltz", "nottingham waltzes", "nottingham waltzes", "nottingham waltzes", nullptr, ""},
};

/// Letters and digits alone, in lower case: how titles are compared.
std::string plain_title(std::string_view title) {
  std::string plain;
  for (const char c : title)
    if (c >= 'A' && c <= 'Z') plain += static_cast<char>(c - 'A' + 'a');
    else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0) plain += c;
  return plain;
}

/// "id,title" of index.csv beside the folder of a family: the same title is the same tune.
std::map<std::string, std::string> titles_in(const std::filesystem::path& index) {
  std::map<std::string, std::string> titles;
  const auto bytes = read_file(index);
  if (!bytes) return titles;
  auto reader = CsvReader::open(as_text(*bytes));
  if (!reader || reader->columns().size() < 2) return titles;
  for (auto row = reader->next(); row && *row != nullptr; row = reader->next())
    titles[std::string((**row)[0])] = plain_title((**row)[1]);
  return titles;
}

/// The composition that a file of this name holds. Repeats left out or added make no other one.
std::string work_of(const Family& family, const std::string& name) {
  if (family.layout != Layout::TwoTracks) return name;
  return name.substr(0, std::min({name.find("_no_"), name.find("_extra_"), name.rfind('/')}));
}

bool is_wanted(const Family& family, const std::filesystem::path& path, const std::string& name) {
  if (path.extension() != ".mid" || name.find(family.pattern) == std::string::npos) return false;
  if (family.layout == Layout::PopTracks) return name.find("versions") == std::string::npos;
  if (family.layout == Layout::TwoTracks && family.folder == std::string_view("nottingham/MIDI"))
    return name.find('/') == std::string::npos;  // the subfolders hold single tracks of the same
  // Fills are no grooves; the evaluation sessions are the same few grooves by several players.
  if (family.layout == Layout::DrumTake)
    return name.find("_beat_") != std::string::npos && name.find("eval") == std::string::npos;
  return true;
}

}  // namespace

const Family* find_family(std::string_view id) {
  const auto found = std::ranges::find(kFamilies, id, &Family::id);
  return found == std::end(kFamilies) ? nullptr : found;
}

std::span<const Family> all_families() { return kFamilies; }

const Counterparts* find_counterparts(std::string_view genre) {
  const auto found = std::ranges::find(kCounterparts, genre, &Counterparts::genre);
  return found == std::end(kCounterparts) ? nullptr : found;
}

std::vector<FamilyFile> files_of(const Family& family, const std::filesystem::path& data) {
  std::vector<FamilyFile> files;
  std::error_code error;
  const auto folder = data / family.folder;
  auto titles = titles_in(folder / "index.csv");
  if (titles.empty()) titles = titles_in(folder.parent_path() / "index.csv");
  for (std::filesystem::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error)) {
    const std::string name = at->path().lexically_relative(folder).generic_string();
    if (!is_wanted(family, at->path(), name)) continue;
    const auto title = titles.find(at->path().stem().string());
    const bool is_titled = title != titles.end() && !title->second.empty();
    files.push_back({at->path(), is_titled ? title->second : work_of(family, name)});
  }
  std::ranges::sort(files, {}, &FamilyFile::path);
  return files;
}

}  // namespace toccata::cli
