// SPDX-License-Identifier: MIT
// Where a piece goes: formats by extension, all rendered before any is written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "arguments.hpp"
#include "staged.hpp"

#include <toccata/midi/file.hpp>
#include <toccata/score/performance.hpp>

namespace toccata::cli {

enum class Format : std::uint8_t { Midi, Json, Svg, Sound };

struct Target {
  std::filesystem::path path;  ///< "-" is stdout
  Format format;
};

/// What is to be written, in the forms that the formats need.
struct Piece {
  Score score;
  Performance performance;
  std::optional<midi::File> midi;  ///< the user's own file, edited; else it is made from the score
  std::string from{};              ///< the file whose music this is; empty: it was composed
};

/// The rows that every verb with outputs has.
inline constexpr OptionSpec kOutputOption{"-o,--output", "FILE", Takes::Repeated,
                                          "where to write: .mid, .json, .svg "
                                          "(piano roll), or sound as .wav, .flac, .ogg "
                                          "or .mp3; may be repeated; - is stdout"};
inline constexpr OptionSpec kToOption{"--to", "FORMAT", Takes::OneValue,
                                      "what -o - writes: mid, json or svg (default: mid)"};

inline constexpr OptionSpec kJsonLayoutOption{
    "--json-layout", "NAME", Takes::OneValue,
    "of .json: toccata (toccata.score/1), note-sequence (Magenta) or tone (@tonejs/midi) (default: "
    "toccata)"};

/// The targets of a call, checked before any work: a known format, a folder that is there, no file
/// named twice, none of the inputs. Errors: as said; none at all where one is needed.
enum class Needed : std::uint8_t { Yes, No };
Outcome<std::vector<Target>> targets_of(const Arguments& arguments, Needed needed,
                                        const std::vector<std::string>& inputs = {});
/// That a file can be put there: it is no folder, and its folder exists. `option` names it.
Outcome<void> check_place(const char* option, const std::filesystem::path& path);
/// That files can be put into a folder, which is there or can be made. `option` names it.
Outcome<void> check_folder(const char* option, const std::filesystem::path& folder);
/// The target for one path, checked likewise.
Outcome<Target> target_for(const std::filesystem::path& path);

/// Renders a piece for all targets and stages it; nothing is in its place before the commit.
/// Gives what is to be told of its sounds, each once.
/// Errors: what a format cannot hold; sound that is not installed.
Outcome<std::vector<std::string>> stage_all(const Piece& piece, const std::vector<Target>& targets,
                                            const Arguments& arguments, StagedFiles& files);
/// Adds what is not told yet.
void add_new(std::vector<std::string>& notes, const std::vector<std::string>& more);
/// A line each.
std::string lines_of(const std::vector<std::string>& notes);

}  // namespace toccata::cli
