// SPDX-License-Identifier: MIT
// --rig: which rig is meant, and what it asks of a rendering.
#pragma once

#include "arguments.hpp"

#include <toccata/score/score.hpp>
#include <toccata/sound/rig.hpp>
#include <toccata/sound/settings.hpp>

namespace toccata::cli {

inline constexpr OptionSpec kRigOption{
    "--rig", "NAME|FILE", Takes::OneValue,
    "for sound: how parts are played and mixed: genre (the piece's own), a genre's name, or a "
    "rig file (.json)"};

/// Errors: a name that no rig has (status 2), a file that cannot be read or holds no rig (1).
Outcome<void> check_rig(const Arguments& arguments);

/// The rig of the call, or nothing. Errors: as above; "genre" for music that names none.
Outcome<std::optional<sound::Rig>> rig_of(const Arguments& arguments, const Score& score);

/// Lays a rig under what the call itself says.
void apply_rig(const sound::Rig& rig, const Arguments& arguments, sound::Settings& settings);

}  // namespace toccata::cli
