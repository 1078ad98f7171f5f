// SPDX-License-Identifier: MIT
// The border between a program and the sound module that it loads.
#pragma once

#include <filesystem>
#include <optional>

#include <toccata/base/bytes.hpp>
#include <toccata/sound/settings.hpp>

namespace toccata::sound {

/// One rendering. All is borrowed for the call.
struct Job {
  ByteView midi;  ///< a Standard MIDI File
  const std::filesystem::path& out;
  const Settings& settings;
};
/// One of the two is filled.
struct Outcome {
  std::optional<Report> report;
  std::optional<Error> error;
};

// Both sides are compiled from these headers by one compiler; kAbi tells when they were not.
#define TOCCATA_SOUND_TEXT_(x) #x
#define TOCCATA_SOUND_TEXT(x) TOCCATA_SOUND_TEXT_(x)
inline constexpr const char* kAbi =
    "toccata-sound 5 " __VERSION__ " glibcxx " TOCCATA_SOUND_TEXT(_GLIBCXX_USE_CXX11_ABI);
#undef TOCCATA_SOUND_TEXT
#undef TOCCATA_SOUND_TEXT_

/// The two names a module exports. The second never throws.
inline constexpr const char* kAbiSymbol = "toccata_sound_abi";
inline constexpr const char* kRenderSymbol = "toccata_sound_render";
using AbiFunction = const char* (*)();
using RenderFunction = void (*)(const Job&, Outcome&);

}  // namespace toccata::sound
