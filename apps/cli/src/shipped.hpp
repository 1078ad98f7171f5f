// SPDX-License-Identifier: MIT
// The project's own plug-in and its presets: which there are, and where they lie.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include <toccata/score/score.hpp>

namespace toccata::cli {

/// A row of presets/presets.json.
struct ShippedPreset {
  std::string name;  ///< "grand piano", in small letters
  std::string file;  ///< "instruments/grand-piano.vstpreset"
  Instrument instrument;
};
/// By its name. Null where there is none.
const ShippedPreset* find_preset(std::string_view name);
/// One that sounds as this General MIDI program or kit. Null where there is none.
const ShippedPreset* find_preset_for(const Instrument& instrument);

struct Shipped {
  std::filesystem::path plugin;   ///< Toccata.vst3
  std::filesystem::path presets;  ///< the folder
};
/// Beside the running program, as it was built or installed. Nothing unless plug-in, presets and
/// MidiRenderer are all there.
std::optional<Shipped> find_shipped();

}  // namespace toccata::cli
