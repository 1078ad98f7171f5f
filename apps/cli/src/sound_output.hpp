// SPDX-License-Identifier: MIT
// Sound files: options, and the module that is loaded when the first one is asked for.
#pragma once

#include <filesystem>

#include <functional>

#include "arguments.hpp"
#include "outputs.hpp"

#include <toccata/base/bytes.hpp>
#include <toccata/score/score.hpp>
#include <toccata/sound/settings.hpp>

namespace toccata::cli {

/// The options of all verbs that write sound.
extern const std::span<const OptionSpec> kSoundOptions;
/// Errors: an option out of its range (status 2).
Outcome<void> check_sound_options(const Arguments& arguments);

/// What is written beside a sound: stems and reports have their places, and one sound to tell of.
/// Errors: several sounds or none (status 2), a folder that is missing (1).
Outcome<void> check_beside_sound(const Arguments& arguments, std::size_t sounds);

/// Stages what a rendering makes: for sound::Settings::take_file.
std::function<Result<void, sound::Error>(const std::filesystem::path&, ByteView)> staging(
    StagedFiles& files);

/// Renders a MIDI file's bytes to a sound file by the options of the call, and stages it. Gives
/// what is to be told of its rig and of its loudness.
/// Errors: an option out of its range (status 2); no module, no sound font, silence (status 1).
Outcome<std::vector<std::string>> render_sound(ByteView midi, const Piece& piece,
                                               const Arguments& arguments,
                                               const std::filesystem::path& out,
                                               StagedFiles& files);

}  // namespace toccata::cli
