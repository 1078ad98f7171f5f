// SPDX-License-Identifier: MIT
// Sound files: options, and the module that is loaded when the first one is asked for.
#pragma once

#include <filesystem>

#include "arguments.hpp"

#include <toccata/base/bytes.hpp>
#include <toccata/score/score.hpp>

namespace toccata::cli {

/// The options of all verbs that write sound.
extern const std::span<const OptionSpec> kSoundOptions;
/// Errors: an option out of its range (status 2).
Outcome<void> check_sound_options(const Arguments& arguments);

/// Renders a MIDI file's bytes to a sound file by the options of the call.
/// Errors: an option out of its range (status 2); no module, no sound font, silence (status 1).
Outcome<void> render_sound(ByteView midi, const Score& score, const Arguments& arguments,
                           const std::filesystem::path& out);

}  // namespace toccata::cli
