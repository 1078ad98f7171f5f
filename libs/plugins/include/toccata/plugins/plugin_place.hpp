// SPDX-License-Identifier: MIT
// How a plug-in is named: a bundle, one of several in it, or an LV2 plug-in's URI.
#pragma once

#include <filesystem>
#include <string>

namespace toccata::plugins {

struct PluginPlace {
  std::filesystem::path path;  ///< a bundle or module; the URI where it is one
  std::string name{};          ///< of one in the bundle; empty: none is named
  bool is_uri = false;         ///< of an LV2 plug-in, which only MidiRenderer can look for
};
/// "mda.lv2#Piano" in its two parts, unless there is a file of the whole name.
PluginPlace parse_plugin_place(const std::string& text);

}  // namespace toccata::plugins
