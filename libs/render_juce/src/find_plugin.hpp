// SPDX-License-Identifier: GPL-3.0-or-later
// Which plug-ins a path holds, in JUCE's words.
#pragma once

#include "host.hpp"

namespace toccata::render_juce {

struct Found {
  juce::AudioPluginFormat* format;
  std::vector<juce::PluginDescription> descriptions;
};
/// Loads the module and asks it. Errors: one line.
Result<Found, std::string> find_plugins(Host& host, const std::filesystem::path& path);

}  // namespace toccata::render_juce
