// SPDX-License-Identifier: MIT
// What a path leads to, by its content and not by its name.
#pragma once

#include <cstdint>
#include <filesystem>

namespace toccata::plugins {

enum class PathKind : std::uint8_t {
  Missing,
  Vst3,       ///< a bundle, or the module inside one
  Lv2,        ///< a bundle
  Clap,       ///< a module
  Preset,     ///< .vstpreset
  Midi,       ///< a Standard MIDI File, in RIFF too
  SoundFont,  ///< .sf2 or .sf3
  Other,
};
/// "a VST3 plug-in", "a preset" ...: for messages.
const char* describe(PathKind kind);

/// Errors: none; what cannot be read is Other. Cost: a module is read up to 64 MiB.
PathKind find_kind(const std::filesystem::path& path);

inline bool is_plugin(PathKind kind) {
  return kind == PathKind::Vst3 || kind == PathKind::Lv2 || kind == PathKind::Clap;
}

}  // namespace toccata::plugins
