// SPDX-License-Identifier: MIT
// --rig: which rig is meant, and what it asks of a rendering.
#pragma once

#include <filesystem>

#include "arguments.hpp"

#include <toccata/score/score.hpp>
#include <toccata/sound/rig.hpp>
#include <toccata/sound/settings.hpp>

namespace toccata::cli {

inline constexpr OptionSpec kRigOption{
    "--rig", "NAME|FILE", Takes::OneValue,
    "for sound: how parts are played and mixed: genre (the piece's own), a genre's name, or a "
    "rig file (.json)"};

/// A rig with what its names and paths stand for.
struct ChosenRig {
  sound::Rig rig;
  std::filesystem::path folder{};  ///< of its file; empty for a genre's
  std::string genre{};             ///< whose it is; empty for a file's
};

/// Errors: a name that no rig has (status 2), a file that cannot be read or holds no rig (1).
Outcome<void> check_rig(const Arguments& arguments);

/// The rig of the call, or nothing. Errors: as above; "genre" for music that names none.
Outcome<std::optional<ChosenRig>> rig_of(const Arguments& arguments, const Score& score);

/// Lays a rig under what the call itself says. A genre's instruments stand for the programs its
/// ensemble plays; a part with another program gets the preset that sounds like it, or the sound
/// font. True where parts play the sound font as the project's plug-in is not built.
/// Errors: a file's preset that is not installed.
Outcome<bool> apply_rig(const ChosenRig& chosen, const Score& score, const Arguments& arguments,
                        sound::Settings& settings);

/// What is to be told of a rendering with a rig: that it `fell_back`, and which parts of a file the
/// music lacks.
std::vector<std::string> rig_notes(const ChosenRig& chosen, const sound::Report& report,
                                   bool fell_back);

}  // namespace toccata::cli
