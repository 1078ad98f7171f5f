// SPDX-License-Identifier: MIT
// Presets as files.
#pragma once

#include <filesystem>
#include <string>

#include <toccata/plugins/preset.hpp>

namespace toccata::plugins {

struct PresetFile {
  Bytes bytes;  ///< as they are on the disk
  Preset preset;
};

/// Errors: one line that names the file: it cannot be read, is over 256 MiB or damaged.
Result<PresetFile, std::string> read_preset_file(const std::filesystem::path& path);

/// The same, to be played: what a preset of our own instrument names is looked for too, as a
/// plug-in can only stay silent about it.
/// Errors: also, the sound font is not there, or is none.
Result<PresetFile, std::string> read_playable_preset(const std::filesystem::path& path);

}  // namespace toccata::plugins
