// SPDX-License-Identifier: MIT
#include "shipped.hpp"

#include <algorithm>
#include <vector>

#include <toccata/base/assert.hpp>
#include <toccata/base/embedded.hpp>
#include <toccata/base/json.hpp>
#include <toccata/plugins/renderer_program.hpp>

namespace toccata::embedded {
std::span<const File> presets();
}

namespace toccata::cli {
namespace {

namespace fs = std::filesystem;

constexpr double kKit = 1;  ///< what the parameter "kit" is for a kit

ShippedPreset preset_of(const Json& row) {
  ShippedPreset preset{*row.find("name")->text(), *row.find("file")->text() + ".vstpreset", {}};
  for (char& c : preset.name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const Json& parameters = *row.find("parameters");
  const auto program = static_cast<int>(*parameters.find("program")->number());
  preset.instrument.program = *Program::from_number(program);
  preset.instrument.is_drums = parameters.find("kit")->number() == kKit;
  return preset;
}

const std::vector<ShippedPreset>& all_presets() {
  static const auto kAll = [] {
    std::vector<ShippedPreset> made;
    const auto rows = parse_json(embedded::presets().front().text);
    TOCCATA_ASSERT(rows.has_value());
    for (const Json& row : *rows->array()) made.push_back(preset_of(row));
    return made;
  }();
  return kAll;
}

template <class Holds>
const ShippedPreset* first_that(Holds holds) {
  const auto found = std::find_if(all_presets().begin(), all_presets().end(), holds);
  return found == all_presets().end() ? nullptr : &*found;
}

std::optional<fs::path> first_there(const std::vector<fs::path>& places) {
  std::error_code ignored;
  for (const fs::path& place : places)
    if (fs::exists(place, ignored)) return place;
  return std::nullopt;
}

}  // namespace

const ShippedPreset* find_preset(std::string_view name) {
  return first_that([&](const ShippedPreset& preset) { return preset.name == name; });
}

const ShippedPreset* find_preset_for(const Instrument& instrument) {
  return first_that([&](const ShippedPreset& preset) { return preset.instrument == instrument; });
}

std::optional<Shipped> find_shipped() {
  if (!plugins::find_renderer()) return std::nullopt;
  std::vector<fs::path> plugins, presets;
  for (const fs::path& place : plugins::renderer_places()) {
    plugins.push_back(place.parent_path() / "Toccata.vst3");
    // Beside the programs' folder where it is installed, in the checkout where it was built.
    presets.push_back(place.parent_path() / "../share/toccata/presets");
    presets.push_back(place.parent_path() / "../presets");
  }
  const auto plugin = first_there(plugins), folder = first_there(presets);
  if (!plugin || !folder) return std::nullopt;
  return Shipped{*plugin, folder->lexically_normal()};
}

}  // namespace toccata::cli
