// SPDX-License-Identifier: MIT
#include "instrument_options.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>
#include <toccata/plugins/plugin_place.hpp>

namespace toccata::cli {
namespace {

constexpr OptionSpec kRows[] = {
    {"--plugin", "FILE", Takes::OneValue,
     "for sound: the plug-in (.vst3, .lv2, BUNDLE#NAME or an LV2 URI) that plays every part not "
     "named by --part; needs MidiRenderer "
     "(./toccata setup vst3)"},
    {"--preset", "FILE", Takes::OneValue, "for sound: the .vstpreset that --plugin is to load"},
    {"--part", "NAME=P[:V]", Takes::Repeated,
     "for sound: the part NAME is played by the plug-in P with the preset V, or by the sound font "
     "P; may be repeated"},
};

bool exists(const std::string& text) {
  std::error_code ignored;
  if (text.empty()) return false;
  const auto place = plugins::parse_plugin_place(text);
  return place.is_uri || std::filesystem::exists(place.path, ignored);
}
bool is_file(const std::string& text) {
  std::error_code ignored;
  return !text.empty() && std::filesystem::exists(text, ignored);
}

/// Cuts "P:V" at the colon where both sides are there, as a path may have colons of its own; where
/// none is so, at the last.
void cut(const std::string& value, sound::Instrument& instrument) {
  std::size_t at = is_file(value) ? std::string::npos : value.rfind(':');
  for (std::size_t colon = at; colon != std::string::npos && colon > 0;
       colon = value.rfind(':', colon - 1))
    if (exists(value.substr(0, colon)) && exists(value.substr(colon + 1))) {
      at = colon;
      instrument.plugin = value.substr(0, at);
      instrument.preset = value.substr(at + 1);
      return;
    }
  if (exists(value)) at = std::string::npos;
  instrument.plugin = value.substr(0, at);
  if (at != std::string::npos) instrument.preset = value.substr(at + 1);
}

Outcome<sound::Instrument> part_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
    return wrong_call(fmt::format(
        "--part \"{}\": allowed is NAME=PLUGIN or NAME=PLUGIN:PRESET, as in \"Melody=piano.vst3\"",
        text));
  sound::Instrument instrument;
  instrument.part = text.substr(0, equals);
  if (text.back() == ':')
    return wrong_call(fmt::format("--part \"{}\": the preset after the colon is empty", text));
  cut(text.substr(equals + 1), instrument);
  return instrument;
}

}  // namespace

const std::span<const OptionSpec> kInstrumentOptions = kRows;

Outcome<std::vector<sound::Instrument>> instruments_of(const Arguments& arguments) {
  std::vector<sound::Instrument> instruments;
  const auto plugin = arguments.text("--plugin"), preset = arguments.text("--preset");
  for (const auto& [option, value] : {std::pair{"--plugin", plugin}, {"--preset", preset}})
    if (value && value->empty())
      return wrong_call(fmt::format("{} \"\": a file is needed", option));
  if (preset && !plugin)
    return wrong_call(
        fmt::format("--preset \"{}\": it needs the plug-in it is for (--plugin)", *preset));
  if (plugin) instruments.push_back({{}, *plugin, preset.value_or(""), {}});
  for (const std::string& text : arguments.texts("--part")) {
    TOCCATA_TRY(auto instrument, part_of(text));
    if (std::any_of(instruments.begin(), instruments.end(), [&](const auto& other) {
          return sound::same_name(other.part, instrument.part);
        }))
      return wrong_call(fmt::format("--part \"{}\": this part has an instrument already", text));
    instruments.push_back(std::move(instrument));
  }
  return instruments;
}

}  // namespace toccata::cli
