// SPDX-License-Identifier: GPL-3.0-or-later
// What MidiRenderer may be asked for, as it stands on the command line.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <failure.hpp>
#include <toccata/render_juce/plugin.hpp>
#include <toccata/sound/settings.hpp>

namespace toccata::midirenderer {

using cli::Failure;
using cli::Outcome;

struct RenderOptions {
  std::filesystem::path midi, out;
  std::optional<std::filesystem::path> preset;
  plugins::PluginPlace plugin;
  int rate_hz = 44100;
  sound::Depth depth = sound::Depth::Pcm16;
  std::size_t block = 512;
  std::optional<double> tail_s;
  double gain_db = 0;
};
struct ScanOptions {
  std::vector<std::filesystem::path> folders;
};
struct CheckOptions {
  plugins::PluginPlace plugin;
};
struct SaveOptions {
  plugins::PluginPlace plugin;
  std::filesystem::path out;
  std::optional<std::filesystem::path> base;
  std::vector<std::pair<std::string, std::string>> parameters;
};

/// One of the four is there, or a text to show instead.
struct Call {
  std::string show;
  std::optional<RenderOptions> render;
  std::optional<ScanOptions> scan;
  std::optional<CheckOptions> check;
  std::optional<SaveOptions> save;
  double timeout_s = 60;
  bool is_json = false;
};

/// Errors: WrongCall for what is not understood; Failed where a file is not what it should be.
Outcome<Call> parse_call(const std::vector<std::string>& words);

/// Errors: nothing that could be a plug-in lies there.
Outcome<void> check_place(const plugins::PluginPlace& place);

}  // namespace toccata::midirenderer
