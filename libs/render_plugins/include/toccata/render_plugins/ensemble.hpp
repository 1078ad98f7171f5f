// SPDX-License-Identifier: MIT
// A backend in which each part has the instrument that the settings give it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include <toccata/midi/file.hpp>
#include <toccata/render/renderer.hpp>

namespace toccata::render {

/// Makes the backend of a sound font, the usual one for an empty path.
using FontBackend = std::function<Result<std::unique_ptr<Backend>, sound::Error>(
    const std::filesystem::path& sound_font)>;

/// The parts that settings.instruments give to plug-ins are rendered by MidiRenderer, one process a
/// part, at once where make_renderer is called so; the others by `font_backend`'s, which is called
/// once a font and only where one is needed. What waits for the mix lies in `folder` for a moment.
///
/// A plug-in and its preset given the other way round are told apart by what they hold; a sound
/// font given as a plug-in is one.
/// Errors: BadSettings for a part that is not in the file; NoRenderer; Plugin, naming the file.
Result<std::unique_ptr<Backend>, sound::Error> make_ensemble(const midi::File& file,
                                                             const sound::Settings& settings,
                                                             const std::filesystem::path& folder,
                                                             FontBackend font_backend);

}  // namespace toccata::render
