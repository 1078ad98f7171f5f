// SPDX-License-Identifier: MIT
// One file for each part, and their sum.
#pragma once

#include <filesystem>
#include <vector>

#include "write.hpp"

#include <toccata/render/mix.hpp>

namespace toccata::render {

/// For each part a place named after its track, and at the end `mix.wav`; none where none is asked
/// for. Errors: BadSettings where one is the place of `out`, of a report or of another file.
Result<std::vector<std::filesystem::path>, sound::Error> stem_places(
    const Song& song, const sound::Settings& settings, const std::filesystem::path& out);

/// One 32-bit float WAV a part, unmastered, all of one length, and of each sample the sum of
/// theirs.
/// Errors: Output.
Result<void, sound::Error> write_stems(const Mix& mix, audio::SampleRate rate,
                                       std::span<const std::filesystem::path> places, int threads,
                                       MadeFiles& made);

/// A track's name as a file's: no separators, no control characters, not hidden.
std::string file_name_of(std::string_view part);

}  // namespace toccata::render
