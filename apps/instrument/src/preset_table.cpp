// SPDX-License-Identifier: MIT
#include "preset_table.hpp"

#include "parameters.hpp"

#include <toccata/base/json.hpp>
#include <toccata/plugins/instrument_state.hpp>

namespace toccata::instrument {
namespace {

std::string text_of(const Json& entry, std::string_view name) {
  const Json* value = entry.find(name);
  return value != nullptr && value->text() != nullptr ? *value->text() : std::string();
}

/// As the framework writes numbers, which have few digits here.
std::string number_text(float value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.12g", static_cast<double>(value));
  return text;
}

Result<plugins::InstrumentState, std::string> state_of(const Json& entry) {
  plugins::InstrumentState state{{{"channels", ""}, {"mts", ""}, {"scale", ""}, {"sound_font", ""}},
                                 {}};
  const Json* parameters = entry.find("parameters");
  const Json::Object none;
  const Json::Object& asked =
      parameters != nullptr && parameters->object() != nullptr ? *parameters->object() : none;
  std::size_t found = 0;
  for (std::size_t i = 0; i < kParameterCount; ++i) {
    const auto parameter = static_cast<Parameter>(i);
    if (parameter == Parameter::Status) continue;
    const ParameterInfo& info = info_of(parameter);
    float value = info.usual;
    for (const auto& [name, number] : asked)
      if (name == info.symbol && number.number()) {
        value = static_cast<float>(*number.number());
        ++found;
      }
    if (held_value(parameter, value) != value)
      return Unexpected{std::string(info.symbol) + ": not in its range"};
    state.parameters.emplace_back(info.symbol, number_text(value));
  }
  if (found != asked.size()) return Unexpected{std::string("a parameter that is not there")};
  return state;
}

}  // namespace

Result<std::vector<PresetFile>, std::string> make_presets(std::string_view table) {
  const auto json = parse_json(table);
  if (!json) return Unexpected{describe(json.error())};
  if (json->array() == nullptr) return Unexpected{std::string("the table is no array")};
  std::vector<PresetFile> files;
  for (const Json& entry : *json->array()) {
    const std::string file = text_of(entry, "file");
    const auto state = state_of(entry);
    if (!state) return Unexpected{file + ": " + state.error()};
    plugins::Preset preset{plugins::instrument_class_id(), {}};
    preset.chunks.push_back(
        {std::string(plugins::kComponentChunk), plugins::write_instrument_state(*state)});
    preset.chunks.push_back({std::string(plugins::kInfoChunk),
                             plugins::write_preset_info({text_of(entry, "name"), "Toccata",
                                                         "Toccata", text_of(entry, "category")})});
    files.push_back({file, plugins::write_preset(preset)});
  }
  return files;
}

}  // namespace toccata::instrument
