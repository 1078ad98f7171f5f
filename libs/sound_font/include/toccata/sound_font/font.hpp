// SPDX-License-Identifier: MIT
// Sound fonts: where they are, and whether one can be trusted with a synthesiser.
#pragma once

#include <filesystem>
#include <span>

#include <toccata/sound/settings.hpp>

namespace toccata::sound_font {

/// `asked` if it is not empty, else the first that exists: in `folders`, then where distributions
/// put them, from FluidR3_GM to whatever stands for the default.
/// Errors: FontMissing, saying where it was looked for and what to install.
Result<std::filesystem::path, sound::Error> find_sound_font(
    const std::filesystem::path& asked, std::span<const std::filesystem::path> folders);

/// Whether a .sf2 or .sf3 file is whole: chunks within the file, tables that refer to what exists,
/// samples within the sample data. A synthesiser is handed nothing else.
/// Errors: FontMissing, FontDamaged; both name the file.
/// Source: SoundFont 2.04 technical specification, E-mu 2006.
Result<void, sound::Error> check_sound_font(const std::filesystem::path& path);

}  // namespace toccata::sound_font
