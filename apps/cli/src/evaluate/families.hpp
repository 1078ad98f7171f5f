// SPDX-License-Identifier: MIT
// Collections of real music and where each lies in the folder of data: what composed pieces are
// measured against.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace toccata::cli {

/// How melody, chords, bass and drums stand in the files of a collection.
enum class Layout : std::uint8_t {
  TwoTracks,    ///< the melody is the first part with notes, chords and bass the second
  ByRole,       ///< by the names of tracks; else the melody is the highest part of some length
  PopTracks,    ///< MELODY and PIANO; bar lines from beat_midi.txt beside the file
  MelodyAlone,  ///< one part
  DrumTake,     ///< one part, played: onsets lie about the grid
};

struct Family {
  const char* id;
  const char* folder;   ///< in the folder of data
  const char* pattern;  ///< what a file's path in that folder holds; ".mid" all
  Layout layout;
  const char* licence;
};
/// Null where there is none of that id.
const Family* find_family(std::string_view id);
std::span<const Family> all_families();

/// The families that each part of a genre is measured against; null where there is no such part.
struct Counterparts {
  const char* genre;
  const char* melody;
  const char* chords;
  const char* bass;
  const char* drums;
  const char* remark;  ///< where they are the nearest rather than the same kind of music
};
/// Null for a genre of the engine's that the table lacks.
const Counterparts* find_counterparts(std::string_view genre);

/// A file and the composition that it holds: files of equal work are one piece.
struct FamilyFile {
  std::filesystem::path path;
  std::string work;
};
/// The files of a family, sorted; none where its folder is missing.
std::vector<FamilyFile> files_of(const Family& family, const std::filesystem::path& data);

}  // namespace toccata::cli
