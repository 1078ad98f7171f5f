// SPDX-License-Identifier: MIT
#include "labelled_pieces.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>

namespace toccata::corpus {

std::optional<std::filesystem::path> data_folder() {
  const char* folder = std::getenv("TOCCATA_DATA");
  if (folder == nullptr || *folder == '\0') return std::nullopt;
  return std::filesystem::path(folder);
}

namespace detail {

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder,
                                            const std::string& extension) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, error))
    if (entry.is_regular_file() && entry.path().extension() == extension)
      files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

std::vector<std::string> lines_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> fields(1);
  for (char c : text) {
    if (c == separator) fields.emplace_back();
    else fields.back() += c;
  }
  return fields;
}

std::optional<PitchClass> parse_pitch_class(const std::string& text) {
  static constexpr int kLetters[] = {9, 11, 0, 2, 4, 5, 7};  // from A
  if (text.empty()) return std::nullopt;
  const char letter = static_cast<char>(text[0] & ~0x20);
  if (letter < 'A' || letter > 'G') return std::nullopt;
  int number = kLetters[letter - 'A'];
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '#') ++number;
    else if (text[i] == 'b' || text[i] == '-') --number;
    else break;
  }
  return PitchClass::folded(number);
}

Score make_score(Ppq ppq, std::vector<Note> notes, std::vector<MeterChange> bar_lines) {
  Score score;
  score.tempo = TempoMap(ppq);
  score.meter = MeterMap(ppq, std::move(bar_lines));
  for (const Note& note : notes) score.end = std::max(score.end, note.end());
  sort_notes(notes);
  std::uint32_t id = 0;
  for (Note& note : notes) note.id = NoteId(++id);
  score.parts = {{PartId(1), "All", Role::Other, {}, std::move(notes), {}}};
  return score;
}

}  // namespace detail
}  // namespace toccata::corpus
