// SPDX-License-Identifier: GPL-3.0-or-later
#include "find_plugin.hpp"

#include <cctype>
#include <fstream>
#include <iterator>
#include <regex>

#include <dlfcn.h>
#include <sys/utsname.h>
#include <toccata/plugins/kind.hpp>

namespace toccata::render_juce {
namespace {

namespace fs = std::filesystem;

/// "x86_64-linux", as bundles name the folder of their module.
std::string system_folder() {
  utsname name{};
  ::uname(&name);
  return std::string(name.machine) + "-linux";
}

/// The module for this system, or an empty path.
fs::path module_of(const fs::path& bundle) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(bundle / "Contents" / system_folder(), ignored))
    if (entry.path().extension() == ".so") return entry.path();
  return {};
}

/// JUCE opens NAME.vst3/Contents/SYSTEM/NAME.so only. What is called otherwise, or is a module
/// without a bundle, gets such a name in the temporary folder.
Result<fs::path, std::string> as_juce_names_it(const fs::path& path) {
  std::error_code error;
  const fs::path whole = fs::absolute(path, error).lexically_normal();
  const bool is_bundle = fs::is_directory(whole, error);
  const fs::path given = whole.filename().empty() ? whole.parent_path() : whole;
  const fs::path module = is_bundle ? module_of(given) : given;
  if (module.empty())
    return Unexpected{"has no module for this system (Contents/" + system_folder() + "/*.so)"};
  const fs::path bundle = is_bundle ? given : given.parent_path().parent_path().parent_path();
  if (bundle.extension() == ".vst3" && bundle.stem() == module.stem() &&
      module_of(bundle) == module)
    return bundle;
  const fs::path folder = fs::temp_directory_path(error);
  if (error) return Unexpected{"no folder for temporary files: " + error.message()};
  const fs::path made = folder / (module.stem().string() + ".vst3");
  const fs::path inside = made / "Contents" / system_folder();
  if (is_bundle) {
    fs::create_directory_symlink(given, made, error);
  } else {
    fs::create_directories(inside, error);
    if (!error) fs::create_symlink(module, inside / (module.stem().string() + ".so"), error);
  }
  if (error && error != std::errc::file_exists)
    return Unexpected{made.string() + ": " + error.message()};
  // It is there already where the plug-in is loaded twice; another's must not be taken for it.
  if (!fs::equivalent(inside / (module.stem().string() + ".so"), module, error))
    return Unexpected{made.string() + ": is there already, and is another's"};
  return made;
}

/// Why the system cannot load a module ("libX.so.1: cannot open shared object file: ..."), or
/// nothing. It stays loaded: this is asked where nothing more comes.
std::string fault_of(const fs::path& module) {
  if (::dlopen(module.c_str(), RTLD_NOW | RTLD_LOCAL) != nullptr) return {};
  const char* const text = ::dlerror();
  return text != nullptr ? text : "";
}

Result<Found, std::string> find_vst3(Host& host, const fs::path& path) {
  TOCCATA_TRY(const fs::path bundle, as_juce_names_it(path));
  juce::OwnedArray<juce::PluginDescription> descriptions;
  host.impl().vst3.findAllTypesForFile(descriptions, juce::String(bundle.string()));
  Found found{&host.impl().vst3, {}};
  for (const auto* description : descriptions) found.descriptions.push_back(*description);
  if (!found.descriptions.empty()) return found;
  if (const auto fault = fault_of(module_of(bundle)); !fault.empty())
    return Unexpected{"cannot be loaded: " + fault};
  return found;
}

/// Whether a Turtle text names a resource, in full or with one of its prefixes.
bool names_resource(const std::string& text, const std::string& uri) {
  if (text.find("<" + uri + ">") != std::string::npos) return true;
  static const std::regex kPrefix(R"(@prefix\s+([A-Za-z0-9_.-]*):\s*<([^>]*)>)");
  for (std::sregex_iterator it(text.begin(), text.end(), kPrefix), end; it != end; ++it) {
    const std::string base = (*it)[2];
    if (base.empty() || uri.rfind(base, 0) != 0) continue;
    const std::string word = (*it)[1].str() + ":" + uri.substr(base.size());
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1))
      if (at + word.size() == text.size() ||
          std::isspace(static_cast<unsigned char>(text[at + word.size()])))
        return true;
  }
  return false;
}

/// JUCE knows LV2 plug-ins by their URIs alone; which of them a bundle holds stands in its
/// manifest.
Result<Found, std::string> find_lv2(Host& host, const fs::path& path) {
  juce::LV2PluginFormat& format = host.impl().lv2_format();
  Found found{&format, {}};
  const auto add = [&](const juce::String& uri) {
    juce::OwnedArray<juce::PluginDescription> descriptions;
    format.findAllTypesForFile(descriptions, uri);
    for (const auto* description : descriptions) found.descriptions.push_back(*description);
  };
  if (path.string().find("://") != std::string::npos || path.string().rfind("urn:", 0) == 0) {
    add(juce::String(path.string()));
    return found;
  }
  std::error_code error;
  fs::path bundle = fs::absolute(path, error).lexically_normal();
  if (bundle.filename().empty()) bundle = bundle.parent_path();
  std::ifstream file(bundle / "manifest.ttl", std::ios::binary);
  const std::string manifest{std::istreambuf_iterator<char>(file), {}};
  const juce::FileSearchPath folder(juce::String(bundle.parent_path().string()));
  for (const juce::String& uri : format.searchPathsForPlugins(folder, false, false))
    if (names_resource(manifest, to_std(uri))) add(uri);
  return found;
}

}  // namespace

Result<Found, std::string> find_plugins(Host& host, const fs::path& path) {
  const auto kind = plugins::find_kind(path);
  const bool is_uri = kind == plugins::PathKind::Missing;
  auto found =
      kind == plugins::PathKind::Lv2 || is_uri ? find_lv2(host, path) : find_vst3(host, path);
  if (found && found->descriptions.empty())
    return Unexpected{std::string("holds no plug-in that could be loaded")};
  return found;
}

}  // namespace toccata::render_juce
