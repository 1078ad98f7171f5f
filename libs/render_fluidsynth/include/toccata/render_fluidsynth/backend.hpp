// SPDX-License-Identifier: MIT
// A backend that plays sound fonts through FluidSynth, offline and in the same way each time.
#pragma once

#include <filesystem>
#include <memory>

#include <toccata/render/renderer.hpp>

namespace toccata::render {

/// Loads the font once; each part gets a synthesiser of its own on it, so that parts can be mixed,
/// written apart and rendered side by side. Onsets lie within 32 frames of where they should.
/// Errors: FontMissing, FontDamaged, Backend.
Result<std::unique_ptr<Backend>, sound::Error> make_fluidsynth_backend(
    const std::filesystem::path& sound_font, audio::SampleRate rate);

}  // namespace toccata::render
