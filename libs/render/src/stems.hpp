// SPDX-License-Identifier: MIT
// One file for each part, and their sum.
#pragma once

#include <filesystem>
#include <vector>

#include "write.hpp"

#include <toccata/render/mix.hpp>

namespace toccata::render {

/// A stem: its place, and where it is written, which differs where the caller puts it there.
struct StemFile {
  std::filesystem::path place, written;
};
/// For each part one named after its track, and at the end `mix.wav`; none where none is asked for.
/// Errors: what the caller has against a place.
Result<std::vector<StemFile>, sound::Error> stem_files(const Song& song,
                                                       const sound::Settings& settings);

/// One 32-bit float WAV a part, unmastered, all of one length, and of each sample the sum of
/// theirs. What is written is told to `written`.
/// Errors: Output, also where there is a file of that name.
Result<void, sound::Error> write_stems(const Mix& mix, audio::SampleRate rate,
                                       std::span<const StemFile> files, int threads,
                                       NewFiles& written);

/// A track's name as a file's: no separators, no control characters, not hidden.
std::string file_name_of(std::string_view part);

}  // namespace toccata::render
