// SPDX-License-Identifier: MIT
// One part played by a plug-in, in a process of its own.
#pragma once

#include <filesystem>
#include <memory>

#include <toccata/midi/file.hpp>
#include <toccata/render/renderer.hpp>

namespace toccata::render {

/// What is the same for all parts.
struct PluginRun {
  std::filesystem::path program;  ///< MidiRenderer
  std::filesystem::path folder;   ///< for the sound between that program and the mix
  const sound::Settings& settings;
};

/// Renders the part by MidiRenderer, now; the Renderer hands the sound out.
/// Errors: Plugin and Output, naming the part and the plug-in. Threads: several at once.
Result<std::unique_ptr<Renderer>, sound::Error> render_with_plugin(
    const std::string& part, const midi::File& file, const sound::Instrument& instrument,
    const PluginRun& run);

}  // namespace toccata::render
