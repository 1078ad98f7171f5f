// SPDX-License-Identifier: MIT
// One file for each part, and their sum.
#pragma once

#include <filesystem>
#include <vector>

#include <toccata/render/mix.hpp>

namespace toccata::render {

/// One 32-bit float WAV a part, named after its track, unmastered, all of one length, and
/// `mix.wav`: of each sample the sum of theirs. Gives the files written.
/// Errors: Output; then none of the files is left.
Result<std::vector<std::filesystem::path>, sound::Error> write_stems(
    const Mix& mix, audio::SampleRate rate, const sound::Settings& settings);

/// A track's name as a file's: no separators, no control characters, not hidden.
std::string file_name_of(std::string_view part);

}  // namespace toccata::render
