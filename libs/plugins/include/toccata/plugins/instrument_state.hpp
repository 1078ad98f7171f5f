// SPDX-License-Identifier: MIT
// What the component chunk of a preset of our own instrument holds: texts and parameters by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <toccata/plugins/preset.hpp>

namespace toccata::plugins {

/// The class id of our own instrument, Toccata.vst3.
ClassId instrument_class_id();

/// docs/instrument.md has the texts (sound_font, scale, mts, channels) and the parameters.
struct InstrumentState {
  using Entry = std::pair<std::string, std::string>;
  std::vector<Entry> texts, parameters;

  /// Replaces or adds one. Range: no byte 0, FE or FF, which UTF-8 text has none of.
  void set_text(std::string_view name, std::string value);
};

/// Nothing where bytes are no such state: cut off, or not of the layout that the instrument writes.
std::optional<InstrumentState> read_instrument_state(ByteView bytes);

/// The state in a preset; nothing in another plug-in's, or where it is none.
std::optional<InstrumentState> instrument_state_of(const Preset& preset);

/// The bytes that the instrument itself writes, where the entries stand as it has them.
Bytes write_instrument_state(const InstrumentState& state);

}  // namespace toccata::plugins
