// SPDX-License-Identifier: MIT
#include <toccata/plugins/plugin_place.hpp>

namespace toccata::plugins {

PluginPlace parse_plugin_place(const std::string& text) {
  // A URI may have a '#' of its own.
  if (text.find("://") != std::string::npos || text.rfind("urn:", 0) == 0) return {text, {}, true};
  std::error_code ignored;
  const auto hash = text.rfind('#');
  if (hash == std::string::npos || std::filesystem::exists(text, ignored)) return {text};
  return {text.substr(0, hash), text.substr(hash + 1)};
}

}  // namespace toccata::plugins
